/**
 * This node's wishes to be let in elsewhere, each a small state machine: `connecting` (reach the node at the URL and
 * ask) → `waiting` (its people decide) → `joined`, `rejected`, `expired` or `failed`. Kept on disk; goes on after a
 * restart of either side.
 */
import type { JoinView } from '../../contract/snapshot.ts'
import type { AddressProbe, AuditLog, NodeId, Transport } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { type JoinAnswer, protocolVersion } from '../protocol/messages.ts'
import { backOff } from '../support/back-off.ts'
import { type Clock, sleep } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import type { JoinRow, MeshStore } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'
import type { TaskGroup } from './task-group.ts'

/** Joins remembered, ended ones included. */
const maxJoins = 32
/** How long the other side may hold back its answer, ms; and what the network may add to it. */
const pollWait = 20_000
const pollMargin = 5_000
/** Longest time to ask, ms. */
const askLimit = 5_000
/** Pauses between tries while the other side cannot be reached, ms. */
const retryBackOff = { base: 1_000, cap: 30_000 }
/** Least time between two polls, ms: an answer that was not held back must not make a loop. */
const pollPause = 1_000
/** What passes by itself; everything else ends a join. */
const passing = new Set(['unreachable', 'timeout', 'busy', 'not_running', 'too_many', 'internal', 'bad_answer'])

interface Components {
  store: MeshStore
  meshes: OwnMeshes
  client: PeerClient
  transport: Transport
  addressProbe: AddressProbe
  tasks: TaskGroup
  audit: AuditLog
  clock: Clock
  random: Random
  /** Called when this node has entered a mesh. */
  entered: (meshId: string) => void
}

export function createJoins(components: Components) {
  const { store, meshes, client, transport, addressProbe, tasks, audit, clock, random, entered } = components
  const rows = new Map<string, JoinRow>()
  const changed = createEmitter()

  function save(id: string, change: Partial<JoinRow>): JoinRow {
    const row = rows.get(id)
    if (!row) throw new FcnError('not_found', 'There is no such join.')
    const next = { ...row, ...change }
    store.saveJoin(next)
    rows.set(id, next)
    changed.emit()
    return next
  }

  function drop(id: string): void {
    store.deleteJoin(id)
    if (rows.delete(id)) changed.emit()
  }

  /** Reaches the node at the URL and asks it. Throws what ends the join as well as what passes. */
  async function ask(row: JoinRow, signal: AbortSignal): Promise<void> {
    const check = await addressProbe.check(row.url, signal)
    if (check.problem) throw FcnError.from(check.problem)
    if (check.kind !== 'node' || !check.node) throw notOurs(row.url)
    const approver = check.node
    transport.learn(approver.id, [check.url.replace(/^http:/u, 'https:')], 'joined')
    const self = meshes.description()
    if (!self) throw new FcnError('not_running', 'This node has not described itself yet.')
    const body = { mesh: row.wanted ?? undefined, name: self.name, os: self.os, protocol: protocolVersion }
    const answer = await client.join(approver.id, body, { signal, limit: askLimit })
    await settle(row.id, answer, approver.id)
  }

  /** Follows an answer; the join has ended or waits afterwards. */
  async function settle(id: string, answer: JoinAnswer, from: NodeId): Promise<void> {
    if (answer.approver.id !== from) throw new FcnError('bad_answer', 'The peer answers under another id than its key has.')
    const mesh = answer.state === 'approved' ? answer.bundle.mesh : answer.mesh
    const { approver } = answer
    if (meshes.get(mesh.id)) throw new FcnError('already_member', `This node is a member of ${mesh.name} already.`)
    if (answer.state !== 'approved') {
      save(id, {
        state: answer.state,
        mesh,
        approver,
        problem: problemOf(answer),
        request: answer.state === 'waiting' ? answer.request : null,
      })
      return
    }
    await meshes.join(answer.bundle)
    save(id, { state: 'joined', mesh, approver, problem: null, request: null })
    const by = { actor: approver.name, actorId: approver.id }
    audit.record({ action: 'mesh.joined', ...by, subject: mesh.name, subjectId: mesh.id, outcome: 'ok' })
    entered(mesh.id)
  }

  async function poll(row: JoinRow, signal: AbortSignal): Promise<void> {
    const { approver, request } = row
    if (!approver || !request) throw new FcnError('expired', 'The request is not known any more.')
    const begun = clock.monotonic()
    const wait = row.problem === null ? pollWait : 0 // after a failure the first answer, that it is back, must not be held back
    const answer = await client.joinAnswer(approver.id, request, wait, { signal, limit: wait + pollMargin })
    await settle(row.id, answer, approver.id)
    if (answer.state === 'waiting' && clock.monotonic() - begun < pollPause) await sleep(clock, pollPause, signal)
  }

  /** Works on a join until it has ended; failures that pass are retried with growing pauses. */
  async function pursue(id: string, signal: AbortSignal): Promise<void> {
    for (let failures = 0; ;) {
      const row = rows.get(id)
      if (!row || signal.aborted || (row.state !== 'connecting' && row.state !== 'waiting')) return
      try {
        await (row.state === 'connecting' ? ask(row, signal) : poll(row, signal))
        failures = 0
      } catch (thrown) {
        if (signal.aborted || !rows.has(id)) return
        const error = toFcnError(thrown)
        if (!passing.has(error.code)) {
          const gone = row.state === 'waiting' && (error.code === 'not_found' || error.code === 'expired')
          save(id, { state: gone ? 'expired' : 'failed', problem: error.toFailure(), request: null })
          return
        }
        save(id, { problem: error.toFailure() })
        await sleep(clock, backOff(failures++, retryBackOff, random), signal)
      }
    }
  }

  const resume = (id: string) => tasks.run(`join ${id}`, (signal) => pursue(id, signal))
  const isActive = (row: JoinRow) => row.state === 'connecting' || row.state === 'waiting'

  function makeRoom(): void {
    if (rows.size < maxJoins) return
    const ended = [...rows.values()].find((row) => !isActive(row))
    if (!ended) throw new FcnError('too_many', `At most ${maxJoins} joins can be under way.`, { action: 'Cancel one of them.' })
    drop(ended.id)
  }

  return {
    changed,
    list: (): JoinView[] => [...rows.values()].map(joinView),

    /** Reads joins back and goes on with those that have not ended. */
    load(): void {
      for (const row of store.joins()) rows.set(row.id, row)
    },
    resumeAll(): void {
      for (const row of rows.values()) if (isActive(row)) resume(row.id)
    },

    /** Asks once while the caller waits: what cannot succeed is thrown and leaves nothing; what may pass is retried. */
    async start({ url, mesh }: { url: string; mesh?: string | undefined }): Promise<JoinView> {
      const same = [...rows.values()].find((row) => row.url === url && row.wanted === (mesh ?? null))
      if (same && isActive(same)) return joinView(same)
      if (same) drop(same.id)
      makeRoom()
      const id = Buffer.from(random.bytes(9)).toString('base64url')
      const nobody = { approver: null, mesh: null, request: null, problem: null }
      rows.set(id, { id, url, wanted: mesh ?? null, state: 'connecting', ...nobody, createdAt: clock.now() })
      let row = save(id, {})
      try {
        await ask(row, tasks.signal())
      } catch (thrown) {
        const error = toFcnError(thrown)
        if (!rows.has(id)) throw new FcnError('not_found', 'The join was cancelled.')
        if (!passing.has(error.code)) {
          drop(id)
          throw error
        }
        save(id, { problem: error.toFailure() })
      }
      resume(id)
      row = save(id, {})
      return joinView(row)
    },

    /** Withdraws a join, also on the other side when that can be reached; clears one that has ended. */
    async cancel(id: string): Promise<void> {
      const row = rows.get(id)
      if (!row) throw new FcnError('not_found', 'There is no such join.')
      drop(id)
      await tasks.cancel(`join ${id}`, new FcnError('not_found', 'The join was cancelled.'))
      const { approver, request } = row
      if (approver && request && isActive(row)) {
        const told = async (signal: AbortSignal) => void (await client.withdraw(approver.id, request, { signal, limit: askLimit }))
        tasks.run(`withdraw ${id}`, told)
      }
    },
  }
}

function problemOf({ state, approver }: Exclude<JoinAnswer, { state: 'approved' }>) {
  if (state === 'waiting') return null
  if (state === 'rejected') return new FcnError('rejected', `${approver.name} declined the request.`).toFailure()
  return new FcnError('expired', `Nobody answered on ${approver.name} in time.`, { action: 'Ask again.' }).toFailure()
}

function joinView({ id, url, state, approver, mesh, problem, createdAt }: JoinRow): JoinView {
  return { id, url, state, code: null, confirmed: false, approver, mesh, problem, createdAt }
}

function notOurs(url: string): FcnError {
  return new FcnError('not_a_node', `What answers at ${url} is no Free Compute Node that can let this one in.`)
}
