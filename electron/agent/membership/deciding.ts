/** What a person here does about requests to join: looks at them, approves, declines, blocks. */
import type { MeshRole, RequestView } from '../../contract/snapshot.ts'
import { FcnError } from '../errors.ts'
import type { Blocklist } from './blocklist.ts'
import type { Invites } from './invites.ts'
import type { JoinNotes } from './join-notes.ts'
import type { JoinPenalty } from './join-penalty.ts'
import type { RequestRow } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { RemovalOf } from './removal-of.ts'
import { requestView, type Requests } from './requests.ts'

interface Components {
  meshes: OwnMeshes
  requests: Requests
  invites: Invites
  blocklist: Blocklist
  penalty: JoinPenalty
  notes: JoinNotes
  removalOf: RemovalOf
  self: () => { id: string; name: string }
}

export function createDeciding({ meshes, requests, invites, blocklist, penalty, notes, removalOf, self }: Components) {
  const meshName = (id: string) => meshes.get(id)?.name ?? id

  function view(row: RequestRow): RequestView {
    const note = row.invite === null ? null : (invites.get(row.invite)?.note ?? null)
    return requestView(row, { mesh: meshName(row.mesh), note, removedBefore: removalOf(row.mesh, row.node) })
  }

  function checkCode(row: RequestRow, code: string): void {
    if (code === row.code) return
    penalty.fail(row.address)
    notes.wrongCode({ id: row.node, name: row.name }, meshName(row.mesh))
    throw new FcnError('code_mismatch', `This is not the code of ${row.name}: nobody was let in.`, {
      action: 'Read it again from the other screen. If it still differs, somebody may be in between: decline the request.',
    })
  }

  /** Takes a use of the invite that the request came with; returns how to give it back. */
  function takeUse({ invite, node, name }: RequestRow): () => void {
    const held = invite === null ? undefined : invites.get(invite)
    if (!held || held.usedBy.some(({ id }) => id === node)) return () => undefined
    invites.use(held.id, { id: node, name })
    notes.inviteUsed(held, { id: node, name })
    return () => invites.release(held.id, node)
  }

  return {
    list: (): RequestView[] => requests.pending().map(view),

    async approve(id: string, { code, role }: { code?: string; role?: MeshRole } = {}): Promise<RequestView> {
      const row = requests.undecided(id)
      if (code !== undefined) checkCode(row, code)
      const as = role ?? (row.invite === null ? undefined : invites.get(row.invite)?.role) ?? 'member'
      const giveBack = takeUse(row)
      try {
        const admissions = await meshes.admit(row.mesh, { node: row.node, key: row.publicKey, role: as })
        const approved = requests.decide(id, { state: 'approved', admissions })
        notes.approved(approved, row.invite === null ? 'code' : 'invite', as)
        return view(approved)
      } catch (error) {
        giveBack()
        throw error
      }
    },

    /** With `never` its key is refused from now on; `codesDiffer` is also told to the joiner. */
    reject(id: string, { never = false, codesDiffer = false }: { never?: boolean; codesDiffer?: boolean } = {}): RequestView {
      const row = requests.decide(id, { state: 'rejected', codesDiffer })
      const asker = { id: row.node, name: row.name }
      penalty.fail(row.address)
      if (never) blocklist.block(asker, 'request')
      if (never) notes.never(row)
      else notes.rejected(row)
      if (codesDiffer) notes.codesDiffered(asker, { told: self(), mesh: meshName(row.mesh) })
      return view(row)
    },
  }
}
