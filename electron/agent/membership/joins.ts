/**
 * This node's wishes to be let in elsewhere, each a small state machine: `connecting` (reach the node, ask, and show the
 * nonce) → `waiting` (its people decide) → `confirming` (they approved; the person here has yet to say that the codes
 * match) → `joined`, or `rejected`, `expired`, `failed`. No mesh is entered before both people have spoken, unless the
 * other side's key was known beforehand. Kept on disk; goes on after a restart of either side.
 */
import type { JoinView } from '../../contract/snapshot.ts'
import type { Identity, Transport } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { parseId } from '../identity/node-id.ts'
import { backOff } from '../support/back-off.ts'
import { type Clock, sleep } from '../support/clock.ts'
import { newId } from '../support/new-id.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import { parseInvite } from './invite-text.ts'
import type { JoinNotes, Proof } from './join-notes.ts'
import { alreadyMember, askLimit, type Heard, type JoinSteps } from './join-steps.ts'
import type { JoinRow, MeshStore } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import type { TaskGroup } from './task-group.ts'

/** Joins remembered, ended ones included. */
const maxJoins = 32
/** How long the other side may hold back its answer, ms. */
const pollWait = 20_000
/** Pauses between tries while the other side cannot be reached, ms. */
const retryBackOff = { base: 1_000, cap: 30_000 }
/** Least time between two polls, ms: an answer that was not held back must not make a loop. */
const pollPause = 1_000
/** Longest pause that the other side can ask for, ms. */
const longestPause = 3_600_000
/** What passes by itself; everything else ends a join. */
const passing = new Set(['unreachable', 'timeout', 'busy', 'not_running', 'too_many', 'internal', 'bad_answer'])

interface Components {
  identity: Identity
  store: MeshStore
  meshes: OwnMeshes
  steps: JoinSteps
  client: PeerClient
  transport: Transport
  tasks: TaskGroup
  notes: JoinNotes
  clock: Clock
  random: Random
  /** Called when this node has entered a mesh. */
  entered: (meshId: string) => void
}

type Target = { url: string; mesh?: string | undefined; node?: string | undefined } | { invite: string }

export function createJoins({ identity, store, meshes, steps, client, transport, tasks, notes, clock, random, entered }: Components) {
  const rows = new Map<string, JoinRow>()
  const changed = createEmitter()

  const required = (id: string): JoinRow => {
    const row = rows.get(id)
    if (!row) throw new FcnError('not_found', 'There is no such join.')
    return row
  }

  function save(id: string, change: Partial<JoinRow>): JoinRow {
    const next = { ...required(id), ...change }
    store.saveJoin(next)
    rows.set(id, next)
    changed.emit()
    return next
  }

  const end = (id: string, state: 'joined' | 'rejected' | 'expired' | 'failed', change: Partial<JoinRow> = {}) =>
    save(id, { problem: null, ...change, state, request: null, nonce: null, secret: null })

  function drop(id: string): void {
    store.deleteJoin(id)
    if (rows.delete(id)) changed.emit()
  }

  /** Follows an answer; the join has ended or waits afterwards. */
  async function settle(id: string, { answer }: Heard): Promise<void> {
    const row = required(id)
    const { approver } = answer
    const mesh = answer.state === 'approved' ? answer.bundle.mesh : answer.mesh
    // the code stands for one mesh, and so does an invite
    const meant = row.mesh?.id ?? (row.secret === null ? mesh.id : row.wanted)
    if (mesh.id !== meant) throw new FcnError('untrusted', 'The peer answers for another mesh than the one that was asked for.')
    if (meshes.get(mesh.id)) throw alreadyMember(mesh.name)
    if (answer.state === 'waiting') {
      save(id, { state: 'waiting', mesh, approver, problem: null, request: answer.request, nonce: null })
    } else if (answer.state !== 'approved') {
      end(id, answer.state, { mesh, approver, problem: problemOf(answer) })
      if (answer.state === 'rejected' && answer.codesDiffer) notes.codesDiffered(approver, { told: approver, mesh: mesh.name })
    } else if (row.confirmed) {
      await meshes.join(answer.bundle)
      end(id, 'joined', { mesh, approver })
      notes.joined(mesh, approver, proofOf(row))
      entered(mesh.id)
    } else {
      save(id, { state: 'confirming', mesh, approver, problem: null, nonce: null })
    }
  }

  async function connect(row: JoinRow, signal: AbortSignal): Promise<void> {
    if (row.secret !== null) return settle(row.id, await steps.redeem(row, signal))
    const { id } = row
    const asked = row.request === null ? save(id, await steps.ask(row, (change) => save(id, change), signal)) : row
    await settle(id, await steps.reveal(asked, signal))
  }

  async function poll(row: JoinRow, signal: AbortSignal): Promise<void> {
    const begun = clock.monotonic()
    // after a failure the first answer, that it is back, must not be held back
    const wait = row.problem === null && row.state === 'waiting' ? pollWait : 0
    await settle(row.id, await steps.poll(row, wait, signal))
    if (rows.get(row.id)?.state === 'waiting' && clock.monotonic() - begun < pollPause) await sleep(clock, pollPause, signal)
  }

  /** One step of a join; a failure that passes is noted and answered, any other ends the join. */
  async function attempt(row: JoinRow, signal: AbortSignal): Promise<FcnError | null> {
    try {
      await (row.state === 'connecting' ? connect(row, signal) : poll(row, signal))
      return null
    } catch (thrown) {
      if (signal.aborted || !rows.has(row.id)) throw thrown
      const error = toFcnError(thrown)
      if (passing.has(error.code)) {
        save(row.id, { problem: error.toFailure() })
      } else {
        const gone = required(row.id).request !== null && (error.code === 'not_found' || error.code === 'expired')
        end(row.id, gone ? 'expired' : 'failed', { problem: error.toFailure() })
      }
      return error
    }
  }

  /** Works on a join until it has ended or needs its person; failures that pass are retried with growing pauses. */
  async function pursue(id: string, signal: AbortSignal): Promise<void> {
    for (let failures = 0; ;) {
      const row = rows.get(id)
      if (!row || signal.aborted || !isMoving(row)) return
      const error = await attempt(row, signal)
      failures = error ? failures + 1 : 0
      if (error && isMoving(required(id))) await sleep(clock, pauseAfter(error, backOff(failures - 1, retryBackOff, random)), signal)
    }
  }

  const resume = (id: string) => tasks.run(taskOf(id), (signal) => pursue(id, signal))

  function makeRoom(): void {
    if (rows.size < maxJoins) return
    const ended = [...rows.values()].find((row) => !isOpen(row))
    if (!ended) throw new FcnError('too_many', `At most ${maxJoins} joins can be under way.`, { action: 'Cancel one of them.' })
    drop(ended.id)
  }

  /** What the user asked for, as a join that has not begun. */
  function rowOf(target: Target): JoinRow {
    const id = newId(random)
    const nothing = { approver: null, mesh: null, request: null, problem: null, nonce: null, code: null }
    const fresh = { id, state: 'connecting', createdAt: clock.now(), ...nothing } as const
    if (!('invite' in target)) {
      const pinned = target.node === undefined ? null : parseId(target.node)
      return { ...fresh, url: target.url, wanted: target.mesh ?? null, pinned, secret: null, confirmed: pinned !== null }
    }
    const { mesh, inviter, secret, addresses } = parseInvite(target.invite)
    if (inviter === identity.id)
      throw new FcnError('own_address', 'This invite was made by this node.', { action: 'Use it on another computer.' })
    if (meshes.get(mesh)) throw alreadyMember(meshes.required(mesh).name)
    transport.learn(
      inviter,
      addresses.map((address) => `https://${address}`),
      'invite',
    )
    const shown = { secret: Buffer.from(secret).toString('base64url'), confirmed: true }
    return { ...fresh, url: `http://${addresses[0]}`, wanted: mesh, pinned: inviter, ...shown }
  }

  return {
    changed,
    list: (): JoinView[] => [...rows.values()].map(joinView),

    /** Reads joins back; what waits since before there were codes cannot be trusted and has to be asked again. */
    load(): void {
      for (const row of store.joins()) {
        rows.set(row.id, row)
        if (row.state === 'waiting' && row.code === null && row.secret === null) end(row.id, 'failed', { problem: outdated() })
      }
    },
    resumeAll(): void {
      for (const row of rows.values()) if (isMoving(row)) resume(row.id)
    },

    /** Asks once while the caller waits: what cannot succeed is thrown and leaves nothing; what may pass is retried. */
    async start(target: Target): Promise<JoinView> {
      const row = rowOf(target)
      const { id } = row
      const same = [...rows.values()].find((held) => isSame(held, row))
      if (same && isOpen(same)) return joinView(same)
      if (same) drop(same.id)
      makeRoom()
      rows.set(id, row)
      save(id, {})
      const signal = tasks.signal()
      const error = await attempt(row, signal).catch((thrown: unknown) => {
        throw rows.has(id) ? thrown : new FcnError('not_found', 'The join was cancelled.')
      })
      if (error && !isOpen(required(id))) {
        drop(id)
        throw error
      }
      resume(id)
      return joinView(required(id))
    },

    /** The person here says that the codes match. Throws `code_mismatch` when `code` is another one. */
    async confirm(id: string, code?: string): Promise<JoinView> {
      const row = required(id)
      if (row.code === null || (row.state !== 'waiting' && row.state !== 'confirming')) {
        throw new FcnError('invalid_input', 'There is no code to confirm.', { action: 'Wait until both screens show one.' })
      }
      if (code !== undefined && code !== row.code) {
        notes.wrongCode(row.approver ?? { id: row.url, name: row.url }, row.mesh?.name ?? null)
        throw new FcnError('code_mismatch', 'This is not the code shown here.', {
          action: 'Read it again from the other screen. If it still differs, somebody may be in between: cancel the join.',
        })
      }
      if (row.confirmed) return joinView(row) // said before; it goes on by itself
      const confirmed = save(id, { confirmed: true })
      if (row.state === 'confirming') {
        await tasks.cancel(taskOf(id), new FcnError('busy', 'The join goes on.'))
        await attempt(confirmed, tasks.signal())
        resume(id)
      }
      return joinView(required(id))
    },

    /** Withdraws a join, also on the other side when that can be reached; clears one that has ended. */
    async cancel(id: string, { codesDiffer = false }: { codesDiffer?: boolean } = {}): Promise<void> {
      const row = required(id)
      drop(id)
      await tasks.cancel(taskOf(id), new FcnError('not_found', 'The join was cancelled.'))
      const { approver, request } = row
      if (codesDiffer && approver) {
        notes.codesDiffered(approver, { told: meshes.self(), mesh: row.mesh?.name ?? null })
      }
      if (approver && request && isOpen(row)) {
        const told = async (signal: AbortSignal) =>
          void (await client.withdraw(approver.id, request, codesDiffer, { signal, limit: askLimit }))
        tasks.run(`withdraw ${id}`, told)
      }
    },
  }
}

const taskOf = (id: string) => `join ${id}`
/** Whether the user asks for the same thing again; an ended join has no secret any more. */
const isSame = (held: JoinRow, { url, wanted, pinned, secret }: JoinRow) =>
  held.url === url && held.wanted === wanted && held.pinned === pinned && (held.secret === secret || !isOpen(held))
/** Has not ended. */
const isOpen = ({ state }: JoinRow) => state === 'connecting' || state === 'waiting' || state === 'confirming'
/** Goes on by itself. */
const isMoving = (row: JoinRow) => isOpen(row) && (row.state !== 'confirming' || row.confirmed)

const proofOf = ({ secret, pinned }: JoinRow): Proof => (secret !== null ? 'invite' : pinned !== null ? 'pinned' : 'code')

function pauseAfter({ details }: FcnError, usual: number): number {
  const asked = typeof details?.['retryAfter'] === 'number' ? details['retryAfter'] * 1000 : 0
  return Math.max(usual, Math.min(asked, longestPause))
}

function problemOf(answer: Extract<Heard['answer'], { state: 'rejected' | 'expired' }>) {
  const { name } = answer.approver
  if (answer.state === 'expired')
    return new FcnError('expired', `Nobody answered on ${name} in time.`, { action: 'Ask again.' }).toFailure()
  if (!answer.codesDiffer) return new FcnError('rejected', `${name} declined the request.`).toFailure()
  return new FcnError('code_mismatch', `The screen of ${name} showed another code: somebody may be in between.`, {
    action: 'Try again in a network that you trust, or use an invite.',
  }).toFailure()
}

const outdated = () =>
  new FcnError('expired', 'This request was made by an older version of the program, without a code to compare.', {
    action: 'Ask again.',
  }).toFailure()

function joinView({ id, url, state, code, confirmed, approver, mesh, problem, createdAt }: JoinRow): JoinView {
  // before the other side has shown it as well there is nothing to compare it with
  return { id, url, state, code: state === 'connecting' ? null : code, confirmed, approver, mesh, problem, createdAt }
}
