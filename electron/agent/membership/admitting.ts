/** What strangers say to a node that may let them in: they ask, reveal their nonce, wait for an answer, or withdraw. */
import type { Identity, NodeCaller, NodeId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { type JoinAnswer, type JoinAsk, type JoinReveal, protocolVersion } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import type { Blocklist } from './blocklist.ts'
import { comparisonCode, opens } from './comparison-code.ts'
import { joinBundle } from './join-bundle.ts'
import type { JoinNotes } from './join-notes.ts'
import { type JoinPenalty, networkOf, tooMany } from './join-penalty.ts'
import { meantMesh, notAdmin } from './mesh-choice.ts'
import type { RequestRow } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { Redeeming } from './redeeming.ts'
import type { Requests } from './requests.ts'
import type { UnrevealedAsk, UnrevealedAsks } from './unrevealed-asks.ts'

/** Join answers held back at a time; further askers are answered at once and ask again. */
const maxHeld = 64
/**
 * Asks of all addresses together: a household at once, then one a minute. Whoever has many addresses still has but 1,500
 * guesses at a six-digit code a day; an invite needs no code and is not held up by this.
 */
const overall = { burst: 60, perSecond: 1 / 60, maxKeys: 1 }

interface Components {
  identity: Identity
  meshes: OwnMeshes
  requests: Requests
  redeeming: Redeeming
  blocklist: Blocklist
  penalty: JoinPenalty
  asks: UnrevealedAsks
  notes: JoinNotes
  clock: Clock
}

export function createAdmitting(components: Components) {
  const { identity, meshes, requests, redeeming, blocklist, penalty, asks, notes, clock } = components
  const overallLimit = createRateLimit(overall, clock)
  let held = 0

  const { self } = meshes
  const named = (mesh: string) => ({ id: mesh, name: meshes.required(mesh).name })

  function answerTo(row: RequestRow): JoinAnswer {
    const approver = self()
    if (row.state === 'approved') {
      const parties = { self: identity.id, node: row.node, admissions: row.admissions ?? [] }
      return { state: 'approved', approver, bundle: joinBundle(meshes.required(row.mesh), parties) }
    }
    const from = { mesh: named(row.mesh), approver }
    return row.state === 'pending'
      ? { state: 'waiting', request: row.id, ...from }
      : { state: 'rejected', codesDiffer: row.codesDiffer, ...from }
  }

  function invitation({ id, mesh, nonce }: UnrevealedAsk): JoinAnswer {
    const own = { key: identity.publicKey, nonce: Buffer.from(nonce).toString('base64url') }
    return { state: 'reveal', request: id, mesh: named(mesh), approver: self(), ...own }
  }

  /** The request, if it is this caller's: others must not learn that it exists. */
  function ownRequest(caller: NodeCaller, id: string): RequestRow {
    const row = requests.get(id)
    if (row?.node === caller.id) return row
    if (row || asks.has(id)) notes.refused(caller, caller.id, 'other_request')
    throw new FcnError('not_found', 'There is no such request.', { action: 'Ask again.' })
  }

  function refuseBlocked(caller: NodeCaller, name: string): void {
    if (!blocklist.has(caller.id)) return
    notes.refused(caller, name, 'blocked')
    throw new FcnError('blocked', `${self().name} does not let this node in.`)
  }

  /** Undecided requests of an address: what it gets for nothing is little. */
  function openFrom(address: string): number {
    const network = networkOf(address)
    return requests.pending().filter((row) => networkOf(row.address) === network).length + asks.openFrom(network)
  }

  function checkPace(caller: NodeCaller, name: string): void {
    try {
      penalty.pass(caller.address, openFrom(caller.address))
      if (!overallLimit.take('all')) throw tooMany(overallLimit.retryAfter('all'))
    } catch (error) {
      notes.refused(caller, name, 'too_many')
      throw error
    }
  }

  function askByCode(caller: NodeCaller, { mesh: reference, name, os, commitment = '' }: JoinAsk): JoinAnswer {
    asks.expire()
    const again = asks.again(caller.id, commitment)
    if (again) return invitation(again)
    checkPace(caller, name)
    const mesh = meantMesh(meshes.all(), reference, self().name)
    if (mesh.role !== 'admin') throw notAdmin(mesh, self().name)
    return invitation(asks.open({ caller, mesh: mesh.id, name, os, commitment }))
  }

  function codeOf({ mesh, nonce }: UnrevealedAsk, { id, publicKey }: NodeCaller, joinerNonce: Uint8Array): string {
    const joiner = { id, key: Buffer.from(publicKey, 'base64url'), nonce: joinerNonce }
    return comparisonCode(mesh, joiner, { id: identity.id, key: Buffer.from(identity.publicKey, 'base64url'), nonce })
  }

  return {
    async ask(caller: NodeCaller, ask: JoinAsk): Promise<JoinAnswer> {
      refuseBlocked(caller, ask.name)
      if (ask.protocol !== protocolVersion) {
        throw new FcnError('protocol_mismatch', `The two nodes speak different versions (${ask.protocol} and ${protocolVersion}).`, {
          action: 'Update both to the same release.',
        })
      }
      return ask.invite === undefined ? askByCode(caller, ask) : answerTo(await redeeming.redeem(caller, { ...ask, invite: ask.invite }))
    },

    reveal(caller: NodeCaller, id: string, { nonce: encoded }: JoinReveal): JoinAnswer {
      asks.expire()
      const ask = asks.take(caller.id, id)
      if (!ask) return answerTo(ownRequest(caller, id)) // revealed before, and the answer was lost
      refuseBlocked(caller, ask.name)
      const nonce = Buffer.from(encoded, 'base64url')
      if (!opens(Buffer.from(ask.commitment, 'base64url'), nonce)) {
        penalty.fail(caller.address)
        notes.refused(caller, ask.name, 'wrong_nonce')
        throw new FcnError('untrusted', 'This is not the nonce that was committed to.', { action: 'Ask again.' })
      }
      if (meshes.required(ask.mesh).role !== 'admin') throw notAdmin(meshes.required(ask.mesh), self().name)
      const { publicKey, address } = caller
      const said = { id, mesh: ask.mesh, node: caller.id, publicKey, name: ask.name, address, os: ask.os }
      const { row, earlier } = requests.add({ ...said, code: codeOf(ask, caller, nonce), invite: null })
      if (earlier?.state === 'pending') penalty.fail(earlier.address) // a new code for an old one is another guess
      notes.requested(row)
      return answerTo(row)
    },

    async answer(caller: NodeCaller, id: string, wait: number, signal: AbortSignal): Promise<JoinAnswer> {
      const asked = ownRequest(caller, id)
      refuseBlocked(caller, asked.name)
      if (wait > 0 && asked.state === 'pending' && held < maxHeld) {
        held++
        await requests.settled(id, wait, signal).finally(() => held--)
      }
      const row = requests.get(id)
      return row ? answerTo(row) : { state: 'expired', mesh: named(asked.mesh), approver: self() }
    },

    withdraw(caller: NodeCaller, id: string, { codesDiffer }: { codesDiffer: boolean }): void {
      if (asks.take(caller.id, id)) {
        penalty.fail(caller.address)
        return
      }
      const row = ownRequest(caller, id)
      requests.drop(id)
      if (row.state !== 'pending' && !codesDiffer) return
      if (row.state === 'pending') penalty.fail(row.address)
      notes.withdrawn(row)
      const joiner: { id: NodeId; name: string } = { id: row.node, name: row.name }
      if (codesDiffer) notes.codesDiffered(joiner, { told: joiner, mesh: meshes.get(row.mesh)?.name ?? null })
    },

    /** Forgets asks that were never revealed. */
    sweep: () => asks.expire(),
  }
}
