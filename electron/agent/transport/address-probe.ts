/**
 * Finds out what answers at an address that a person typed: one of our nodes (TLS, and its key), an old node (plain
 * Router API v0.1), something else, or nothing. Trusts nothing it hears; answers are bounded in size and time.
 */
import { Client } from 'undici'
import { z } from 'zod'
import type { UrlCheck } from '../../contract/calls.ts'
import type { AddressProbe, Identity, NodeId } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { hello, peerPaths } from '../protocol/messages.ts'
import { boundedText } from '../support/bounded-body.ts'
import { createDialGuard, type DialGuard } from '../support/dial-guard.ts'
import { parseJson } from '../support/json.ts'
import { codeOf, networkError } from './network-error.ts'
import { originOf, parseTypedUrl } from './node-url.ts'
import { createDialContext, createPinnedConnector } from './pinned-connector.ts'

/** Longest time for each of the two questions, from dialling to the last byte, ms. */
const questionLimit = 4_000
/** Longest answer read, bytes. */
const answerLimit = 64 * 1024

/** What old nodes answer on `GET /api/health`. */
const legacyHealth = z.looseObject({ status: z.literal('ok') })

type Finding = Pick<UrlCheck, 'kind' | 'node' | 'problem'>

interface AddressProbeComponents {
  identity: Identity
  /** Our own key answered, as that instance: this node itself, or a copy of it. */
  onOwnKey?: (instance: string | undefined) => void
  /** Keeps the plain question from this node itself. */
  guard?: DialGuard
  /** Whether plain HTTP may be spoken to other machines now. */
  mayAskPlainly?: () => boolean
}

export function createAddressProbe(
  { identity, onOwnKey, guard = createDialGuard(), mayAskPlainly = () => true }: AddressProbeComponents,
  { limit = questionLimit }: { limit?: number } = {},
): AddressProbe {
  const context = createDialContext(identity)

  /** Asks over TLS. Throws what the network did; everything that was said is a finding. */
  async function askNode(url: URL, signal: AbortSignal): Promise<Finding> {
    let peer: NodeId | null = null
    const onPeer = (node: NodeId) => void (peer = node)
    const connect = createPinnedConnector({ context }, { expected: null, connectTimeout: limit, onPeer })
    const answer = await askJson(new Client(originOf(url, 'https'), { connect }), peerPaths.hello, signal)
    const said = hello.safeParse(answer)
    if (peer === identity.id) {
      if (said.success) onOwnKey?.(said.data.instance)
      return own()
    }
    if (!said.success) return other('Something that is not a Free Compute Node answers at this address.')
    if (said.data.id !== peer) return other('The node at this address claims an id that is not its own.')
    return { kind: 'node', node: { id: peer, name: said.data.name }, problem: null }
  }

  async function askLegacy(url: URL, signal: AbortSignal): Promise<Finding> {
    const connect = guard.connector(limit)
    const answer = await askJson(new Client(originOf(url, 'http'), { connect }), '/api/health', signal)
    if (legacyHealth.safeParse(answer).success) return { kind: 'legacy', node: null, problem: null }
    return other('Something that is not a Free Compute Node answers at this address.')
  }

  /** One question within its limit, also against a peer that answers byte by byte. */
  async function inTime(question: (signal: AbortSignal) => Promise<Finding>, signal: AbortSignal): Promise<Finding> {
    const late = AbortSignal.timeout(limit)
    try {
      return await question(AbortSignal.any([signal, late]))
    } catch (error) {
      signal.throwIfAborted()
      if (late.aborted) throw new FcnError('timeout', 'What listens at this address did not answer in time.')
      throw error
    }
  }

  async function find(url: URL, signal: AbortSignal): Promise<Finding> {
    try {
      return await inTime((within) => askNode(url, within), signal)
    } catch (error) {
      signal.throwIfAborted()
      const failure = networkError(error)
      // no machine or no listener: plain HTTP would meet the same silence
      if (silences.has(codeOf(failure.cause)) || failure.code === 'refused_address')
        return { kind: 'none', node: null, problem: failure.toFailure() }
      return mayAskPlainly() ? plainFinding(url, failure, signal) : notEncrypted()
    }
  }

  async function plainFinding(url: URL, tlsFailure: FcnError, signal: AbortSignal): Promise<Finding> {
    try {
      return await inTime((within) => askLegacy(url, within), signal)
    } catch (error) {
      signal.throwIfAborted()
      const refused = toFcnError(error)
      if (refused.code === 'own_address') return own()
      if (refused.code === 'refused_address') return { kind: 'none', node: null, problem: refused.toFailure() }
      // it took our connection, so something is there
      const slow = tlsFailure.code === 'timeout' || toFcnError(error).code === 'timeout'
      if (slow)
        return { kind: 'other', node: null, problem: new FcnError('timeout', 'What listens there did not answer in time.').toFailure() }
      return other('What listens at this address answers with something that makes no sense.')
    }
  }

  return {
    async check(typed, signal) {
      const url = parseTypedUrl(typed)
      return { url: originOf(url, 'http'), ...(await find(url, signal)) }
    },
  }

  function own(): Finding {
    const problem = new FcnError('own_address', 'This address is this node itself.', { action: 'Type the address of another computer.' })
    return { kind: 'node', node: { id: identity.id, name: 'this node' }, problem: problem.toFailure() }
  }
}

function notEncrypted(): Finding {
  const problem = new FcnError('encrypted_only', 'What answers there does not speak encrypted, and this node speaks nothing else.', {
    action: 'Switch “encrypted peers only” off in the settings to reach legacy peers.',
  })
  return { kind: 'other', node: null, problem: problem.toFailure() }
}

/** The JSON of one answer; undefined when it is no JSON or too long. The connection is not kept. */
async function askJson(client: Client, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    const { body } = await client.request({ method: 'GET', path, signal, headers: { accept: 'application/json' } })
    return parseJson((await boundedText(body, answerLimit)) ?? '')
  } finally {
    await client.destroy()
  }
}

/** No machine or no listener. */
const silences = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
])

function other(sentence: string): Finding {
  const problem = new FcnError('not_a_node', sentence, { action: 'Check the address and the port.' })
  return { kind: 'other', node: null, problem: problem.toFailure() }
}
