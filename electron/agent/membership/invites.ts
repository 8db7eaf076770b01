/**
 * Invites made here: who holds the secret of one is let in without comparing codes, as often as the invite says. The
 * secret leaves this node once, in the text for the guest; here only its hash is kept.
 */
import { createHash } from 'node:crypto'
import type { InviteView } from '../../contract/snapshot.ts'
import type { MeshId, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { newId } from '../support/new-id.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import type { InviteRow, InviteStore } from './invite-store.ts'
import { secretBytes } from './invite-text.ts'

/** Invites that can still be used, at a time; and all that are remembered, for those who show them late. */
const maxOpen = 100
const maxKept = 500

interface Components {
  store: InviteStore
  clock: Clock
  random: Random
}

export type Invites = ReturnType<typeof createInvites>

export function createInvites({ store, clock, random }: Components) {
  const rows = new Map<string, InviteRow>()
  const changed = createEmitter()
  let expired = 0

  function save(row: InviteRow): InviteRow {
    store.save(row)
    rows.set(row.id, row)
    changed.emit()
    return row
  }

  function drop(id: string): void {
    store.delete(id)
    if (rows.delete(id)) changed.emit()
  }

  const stateOf = (row: InviteRow): InviteView['state'] => {
    if (row.revokedAt !== null) return 'revoked'
    if (row.usedBy.length >= row.uses) return 'used'
    return row.expiresAt <= clock.now() ? 'expired' : 'open'
  }

  function makeRoom(): void {
    const all = [...rows.values()]
    const ended = all.filter((row) => stateOf(row) !== 'open')
    if (all.length - ended.length >= maxOpen) {
      throw new FcnError('too_many', `At most ${maxOpen} invites can be open.`, { action: 'Take some back first.' })
    }
    for (const { id } of ended.slice(0, Math.max(0, all.length + 1 - maxKept))) drop(id)
  }

  const required = (id: string): InviteRow => {
    const row = rows.get(id)
    if (!row) throw new FcnError('not_found', 'There is no such invite.')
    return row
  }

  return {
    changed,
    list: (): InviteRow[] => [...rows.values()],
    get: (id: string): InviteRow | undefined => rows.get(id),
    stateOf,
    load(): void {
      for (const row of store.all()) rows.set(row.id, row)
    },

    /** A new invite with its secret, which is not kept. Throws `too_many`. */
    create(said: Pick<InviteRow, 'mesh' | 'role' | 'note' | 'uses' | 'askMe'>, validFor: number): { row: InviteRow; secret: Uint8Array } {
      makeRoom()
      const secret = random.bytes(secretBytes)
      const id = newId(random)
      const at = clock.now()
      // whole seconds, as in the text of the invite
      const expiresAt = Math.floor((at + validFor) / 1000) * 1000
      const row = save({ ...said, id, secretHash: hashOf(secret), createdAt: at, expiresAt, usedBy: [], revokedAt: null })
      return { row, secret }
    },

    /** The invite with this secret (base64url). Lookup by hash: its time says nothing about secrets. */
    withSecret(secret: string): InviteRow | undefined {
      const hash = hashOf(Buffer.from(secret, 'base64url'))
      return [...rows.values()].find(({ secretHash }) => secretHash === hash)
    },

    /** Throws `invite_revoked`, `invite_expired`, `invite_used` unless a node may still come by it. */
    checkOpen(row: InviteRow): void {
      const state = stateOf(row)
      if (state !== 'open') throw closed(state)
    },

    /** Takes one of its uses for a node; throws `invite_used`. A use that came to nothing is given back with `release`. */
    use(id: string, node: { id: NodeId; name: string }): void {
      const row = required(id)
      if (row.usedBy.length >= row.uses) throw closed('used')
      save({ ...row, usedBy: [...row.usedBy, { ...node, at: clock.now() }] })
    },
    release(id: string, node: NodeId): void {
      const row = rows.get(id)
      if (row) save({ ...row, usedBy: row.usedBy.filter((user) => user.id !== node) })
    },

    /** Takes it back; one that is used up or ran out stays what it is. Throws `not_found`. */
    revoke(id: string): InviteRow {
      const row = required(id)
      return stateOf(row) === 'open' ? save({ ...row, revokedAt: clock.now() }) : row
    },

    dropMesh(mesh: MeshId): void {
      for (const row of rows.values()) if (row.mesh === mesh) drop(row.id)
    },
    /** Announces invites that have run out since the last time. */
    sweep(): void {
      const now = [...rows.values()].filter((row) => stateOf(row) === 'expired').length
      if (now !== expired) changed.emit()
      expired = now
    },
  }
}

export function inviteView(row: InviteRow, mesh: string, state: InviteView['state']): InviteView {
  const { id, role, note, createdAt, expiresAt, uses, usedBy, askMe } = row
  return { id, mesh: { id: row.mesh, name: mesh }, role, note, createdAt, expiresAt, uses, usedBy: [...usedBy], askMe, state }
}

function closed(state: Exclude<InviteView['state'], 'open'>): FcnError {
  const action = 'Ask for a new one.'
  if (state === 'revoked') return new FcnError('invite_revoked', 'This invite was taken back.', { action })
  if (state === 'expired') return new FcnError('invite_expired', 'This invite ran out.', { action })
  return new FcnError('invite_used', 'This invite has been used already.', { action })
}

const hashOf = (secret: Uint8Array) => createHash('sha256').update(secret).digest('base64url')
