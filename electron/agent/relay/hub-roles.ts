/** Owner of what this node gives as a hub: for which meshes it relays, how much, and how much of that this month has used. */
import { defaultHubLimits, type HubLimits } from '../../contract/relay.ts'
import type { Membership, MeshId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter } from '../support/signal.ts'
import type { HubRole, HubStore } from './hub-store.ts'

/** What passes is written down this often at most, ms: a crash forgets no more of it. */
const saveInterval = 30_000

const dayLength = 86_400_000

interface HubRolesComponents {
  store: HubStore
  membership: Pick<Membership, 'meshes'>
  clock: Clock
}

export type HubRoles = ReturnType<typeof createHubRoles>

export function createHubRoles({ store, membership, clock }: HubRolesComponents) {
  const changed = createEmitter()
  const roles = new Map<MeshId, HubRole>(store.all().map((role) => [role.mesh, role]))
  const savedAt = new Map<MeshId, number>()

  let today = { day: NaN, month: '' }

  /** Asked for every piece that passes: written out once a day. */
  function month(): string {
    const day = Math.floor(clock.now() / dayLength)
    if (day !== today.day) today = { day, month: new Date(day * dayLength).toISOString().slice(0, 7) }
    return today.month
  }

  /** As it is in this month. */
  function of(mesh: MeshId): HubRole {
    const role = roles.get(mesh) ?? { mesh, on: false, limits: defaultHubLimits, month: month(), bytes: 0 }
    return role.month === month() ? role : { ...role, month: month(), bytes: 0 }
  }

  function keep(role: HubRole): void {
    roles.set(role.mesh, role)
    savedAt.set(role.mesh, clock.monotonic())
    store.save(role)
  }

  const isAdmin = (mesh: MeshId) => membership.meshes().some(({ id, role }) => id === mesh && role === 'admin')

  return {
    changed,
    of,
    isAdmin,
    /** Meshes that it relays for now. */
    active: (): MeshId[] => membership.meshes().flatMap(({ id, role }) => (role === 'admin' && of(id).on ? [id] : [])),
    /** Throws `not_admin`. */
    set(mesh: MeshId, { on, limits }: { on?: boolean | undefined; limits?: Partial<HubLimits> | undefined }): void {
      if (on === true && !isAdmin(mesh)) throw notAdmin()
      const before = of(mesh)
      keep({ ...before, on: on ?? before.on, limits: { ...before.limits, ...limits } })
      changed.emit()
    },
    count(mesh: MeshId, bytes: number): void {
      const role = of(mesh)
      const next = { ...role, bytes: role.bytes + bytes }
      if (clock.monotonic() - (savedAt.get(mesh) ?? -Infinity) >= saveInterval) keep(next)
      else roles.set(mesh, next)
    },
    isUsedUp(mesh: MeshId): boolean {
      const { bytes, limits } = of(mesh)
      return limits.bytesPerMonth !== null && bytes >= limits.bytesPerMonth
    },
    /** Roles in meshes that are none of these go. */
    keepOnly(meshes: ReadonlySet<MeshId>): void {
      for (const mesh of [...roles.keys()].filter((id) => !meshes.has(id))) {
        roles.delete(mesh)
        store.remove(mesh)
      }
    },
    flush(): void {
      for (const role of roles.values()) store.save(role)
    },
  }
}

export const notAdmin = (): FcnError =>
  new FcnError('not_admin', 'Only nodes of admins relay for a mesh.', {
    action: 'Ask an admin of the mesh to make this node an admin, too.',
  })
