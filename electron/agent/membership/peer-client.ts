/** The peer API from the asking side: typed messages over `Transport`, answers bounded and validated. */
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import { failure } from '../../contract/failure.ts'
import type { NodeId, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import * as messages from '../protocol/messages.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { Clock } from '../support/clock.ts'
import { parseJson } from '../support/json.ts'

interface CallOptions {
  signal: AbortSignal
  /** Longest time for the whole answer, ms. */
  limit: number
}

interface Message<S extends z.ZodType> {
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: object
  answer: S
}

export type PeerClient = ReturnType<typeof createPeerClient>

export function createPeerClient({ transport, clock }: { transport: Transport; clock: Clock }) {
  async function call<S extends z.ZodType>(node: NodeId, message: Message<S>, { signal, limit }: CallOptions): Promise<z.infer<S>> {
    const late = new AbortController()
    const expired = new FcnError('timeout', 'The peer did not answer in time.')
    const cancel = clock.after(limit, () => late.abort(expired))
    try {
      const { method, path, body } = message
      const either = AbortSignal.any([signal, late.signal])
      const content = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
      const response = await transport.request(node, { method, path, signal: either, headersTimeout: limit, ...content })
      const answer = await readJson(response.body)
      if (response.status >= 400) throw refusal(answer, response.status)
      const checked = message.answer.safeParse(answer)
      if (!checked.success) throw new FcnError('bad_answer', `The answer to ${message.path} is not valid.`, { cause: checked.error })
      return checked.data
    } catch (error) {
      throw late.signal.aborted && !signal.aborted ? expired : error
    } finally {
      cancel()
    }
  }

  const post = <S extends z.ZodType>(path: string, answer: S) => {
    return (node: NodeId, body: object, options: CallOptions) => call(node, { method: 'POST', path, body, answer }, options)
  }
  const { peerPaths } = messages

  return {
    join: post(peerPaths.join, messages.joinAnswer),
    introduce: post(peerPaths.introduce, messages.introduced),
    sync: post(peerPaths.sync, messages.syncAnswer),
    /** Asks for the answer to a join, held back by the other side for up to `wait` ms while nobody has decided. */
    joinAnswer: (node: NodeId, request: string, wait: number, options: CallOptions) =>
      call(
        node,
        { method: 'GET', path: `${peerPaths.join}/${encodeURIComponent(request)}?wait=${wait}`, answer: messages.joinAnswer },
        options,
      ),
    reveal: (node: NodeId, request: string, body: messages.JoinReveal, options: CallOptions) =>
      post(`${peerPaths.join}/${encodeURIComponent(request)}/reveal`, messages.joinAnswer)(node, body, options),
    withdraw: (node: NodeId, request: string, codesDiffer: boolean, options: CallOptions) =>
      call(
        node,
        {
          method: 'DELETE',
          path: `${peerPaths.join}/${encodeURIComponent(request)}?codesDiffer=${codesDiffer}`,
          answer: messages.done,
        },
        options,
      ),
  }
}

async function readJson(body: Readable): Promise<unknown> {
  const text = await boundedText(body, messages.maxMessageBytes)
  if (text === null) throw new FcnError('bad_answer', 'The answer of a peer is too long.')
  const value = parseJson(text)
  if (value === undefined) throw new FcnError('bad_answer', 'The answer of a peer is not JSON.')
  return value
}

/** The peer's own error, as it said it. */
function refusal(answer: unknown, status: number): FcnError {
  const said = failure.safeParse(answer)
  if (!said.success) return new FcnError('bad_answer', `A peer answered with status ${status} and no reason.`)
  return FcnError.from(said.data)
}
