/**
 * What a joiner says and what it believes. Each step says one thing to the approver and answers what of the join has
 * changed by that; it throws what ends the join as well as what passes.
 */
import type { AddressProbe, Identity, NodeId, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import { idOfPublicKey } from '../identity/node-id.ts'
import { type JoinAnswer, protocolVersion } from '../protocol/messages.ts'
import type { Random } from '../support/random.ts'
import { comparisonCode, joinCommitment, nonceBytes } from './comparison-code.ts'
import type { JoinRow } from './mesh-store.ts'
import type { OwnMeshes } from './own-meshes.ts'
import type { PeerClient } from './peer-client.ts'

/** Longest time for a question whose answer is not held back, ms. */
export const askLimit = 5_000
/** What the network may add to the time that an answer is held back, ms. */
const pollMargin = 5_000

interface Components {
  identity: Identity
  meshes: OwnMeshes
  client: PeerClient
  transport: Transport
  addressProbe: AddressProbe
  random: Random
}

/** An answer that may end the join, by the node that gave it. */
export interface Heard {
  answer: Exclude<JoinAnswer, { state: 'reveal' }>
  from: NodeId
}

type Change = Partial<Pick<JoinRow, 'approver' | 'mesh' | 'request' | 'nonce' | 'code' | 'problem'>>

export type JoinSteps = ReturnType<typeof createJoinSteps>

export function createJoinSteps({ identity, meshes, client, transport, addressProbe, random }: Components) {
  /** The node at the URL; throws `key_mismatch` when it is not the one it has to be. */
  async function findApprover({ url, pinned }: JoinRow, signal: AbortSignal): Promise<NodeId> {
    const check = await addressProbe.check(url, signal)
    if (check.problem) throw FcnError.from(check.problem)
    if (check.kind !== 'node' || !check.node) throw notOurs(url)
    const { id } = check.node
    if (pinned !== null && pinned !== id) {
      throw new FcnError('key_mismatch', `Another node answers at ${url}.`, { details: { expected: pinned, found: id } })
    }
    transport.learn(id, [check.url.replace(/^http:/u, 'https:')], 'joined')
    return id
  }

  function said({ wanted }: JoinRow) {
    const self = meshes.description()
    if (!self) throw new FcnError('not_running', 'This node has not described itself yet.')
    return { mesh: wanted ?? undefined, name: self.name, os: self.os, protocol: protocolVersion }
  }

  function checkFrom({ approver }: JoinAnswer, from: NodeId): void {
    if (approver.id !== from) throw new FcnError('bad_answer', 'The peer answers under another id than its key has.')
  }

  return {
    /** Asks with a commitment. `save` stores the nonce before anything is said, so that a second try says the same. */
    async ask(row: JoinRow, save: (change: Change) => void, signal: AbortSignal): Promise<Change> {
      const from = await findApprover(row, signal)
      const nonce = row.nonce === null ? random.bytes(nonceBytes) : Buffer.from(row.nonce, 'base64url')
      save({ nonce: Buffer.from(nonce).toString('base64url') })
      const commitment = Buffer.from(joinCommitment(nonce)).toString('base64url')
      const answer = await client.join(from, { ...said(row), commitment }, { signal, limit: askLimit })
      checkFrom(answer, from)
      // nobody is believed who would let this node in without a code to compare
      if (answer.state !== 'reveal') throw new FcnError('untrusted', 'The peer skips the comparison of codes.')
      const { mesh, approver, request } = answer
      const key = Buffer.from(answer.key, 'base64url')
      if (idOfPublicKey(key) !== from) throw new FcnError('untrusted', 'The peer names another key than its connection has.')
      if (meshes.get(mesh.id)) throw alreadyMember(mesh.name)
      const own = { id: identity.id, key: Buffer.from(identity.publicKey, 'base64url'), nonce }
      const code = comparisonCode(mesh.id, own, { id: from, key, nonce: Buffer.from(answer.nonce, 'base64url') })
      return { approver, mesh, request, code, problem: null }
    },

    /** Shows the nonce. Until the answer has arrived it is shown again for the same request: no second code is made. */
    async reveal({ approver, request, nonce }: JoinRow, signal: AbortSignal): Promise<Heard> {
      if (!approver || !request || nonce === null) throw forgotten()
      return believed(await client.reveal(approver.id, request, { nonce }, { signal, limit: askLimit }), approver.id)
    },

    /** Shows the secret of an invite to its inviter, and to nobody else. */
    async redeem(row: JoinRow, signal: AbortSignal): Promise<Heard> {
      const { pinned, secret } = row
      if (pinned === null || secret === null) throw forgotten()
      return believed(await client.join(pinned, { ...said(row), invite: secret }, { signal, limit: askLimit }), pinned)
    },

    async poll({ approver, request }: JoinRow, wait: number, signal: AbortSignal): Promise<Heard> {
      if (!approver || !request) throw forgotten()
      return believed(await client.joinAnswer(approver.id, request, wait, { signal, limit: wait + pollMargin }), approver.id)
    },
  }

  function believed(answer: JoinAnswer, from: NodeId): Heard {
    checkFrom(answer, from)
    if (answer.state === 'reveal') throw new FcnError('bad_answer', 'The peer asks for a nonce that it did not wait for.')
    return { answer, from }
  }
}

export const alreadyMember = (mesh: string) => new FcnError('already_member', `This node is a member of ${mesh} already.`)

const forgotten = () => new FcnError('expired', 'The request is not known any more.', { action: 'Ask again.' })

function notOurs(url: string): FcnError {
  return new FcnError('not_a_node', `What answers at ${url} is no Free Compute Node that can let this one in.`)
}
