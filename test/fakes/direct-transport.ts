import { request as httpRequest } from 'node:http'
import { Agent, buildConnector } from 'undici'
import type { NodeId, Transport } from '../../electron/agent/components.ts'
import { FcnError } from '../../electron/agent/errors.ts'
import { type AnswerHandler, dispatchTo, type Flow } from '../../electron/agent/support/answer-handler.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import { dispatchWithTrailers } from '../../electron/agent/support/trailer-request.ts'

const going = new AbortController().signal

/** A transport over plain HTTP on loopback: it knows one URL per node, and its `unreachable` lists addresses only when nothing was sent, as that of the real one. */
export function createDirectTransport(urls: Map<NodeId, string>): Transport {
  const agent = new Agent({ pipelining: 1, bodyTimeout: 0 })
  const connect = buildConnector({ allowH2: false })
  const urlOf = (node: NodeId): string => {
    const url = urls.get(node)
    if (url === undefined) throw new FcnError('unreachable', `No address of ${node} is known.`, { details: { addresses: [] } })
    return url
  }
  const failed = (error: unknown, signal: AbortSignal): unknown => {
    if (signal.aborted) return error
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return code === 'ECONNREFUSED'
      ? new FcnError('unreachable', 'The node does not answer.', { cause: error, details: { addresses: [{ code }] } })
      : new FcnError('unreachable', 'The connection broke off.', { cause: error })
  }
  return {
    learn: (node, [url]) => void (url !== undefined && urls.set(node, url)),
    addresses: () => [],
    forget: (node) => void urls.delete(node),
    met: () => undefined,
    networkChanged: () => undefined,
    straightened: createEmitter<NodeId>(),
    measured: () => undefined,
    path(node) {
      const url = urls.get(node)
      return url === undefined ? null : { url, latencyMs: 1 }
    },
    async request(node, { method, path, headers, body, signal, headersTimeout }) {
      try {
        const answer = await agent.request({
          origin: urlOf(node),
          path,
          method,
          headers: headers ?? {},
          body: body ?? null,
          signal,
          ...(headersTimeout === undefined ? {} : { headersTimeout }),
        })
        return { status: answer.statusCode, headers: answer.headers, body: answer.body }
      } catch (error) {
        throw failed(error, signal)
      }
    },
    dispatch(node, request, handler) {
      let flow: Flow | null = null
      const told: AnswerHandler = {
        started(given) {
          flow = given
          handler.started(given)
        },
        head: (status, headers) => handler.head(status, headers),
        data: (chunk) => handler.data(chunk),
        ended: (trailers) => handler.ended(trailers),
        failed(error, sent) {
          const refused = 'code' in error && error.code === 'ECONNREFUSED'
          handler.failed(flow?.aborted === true ? error : (failed(error, going) as Error), sent && !refused)
        },
      }
      try {
        if (request.trailers === null) dispatchTo(agent, request, told, urlOf(node))
        else dispatchWithTrailers({ connect, origin: new URL(urlOf(node)), bodyTimeout: 0 }, request, told)
      } catch (error) {
        handler.failed(error as Error, false)
      }
    },
    upgrade: (node, { path, headers, protocol, signal }) =>
      new Promise((resolve, reject) => {
        httpRequest(urlOf(node) + path, { headers: { ...headers, connection: 'Upgrade', upgrade: protocol }, signal })
          .on('upgrade', (answer, socket, head) => {
            if (head.length > 0) socket.unshift(head)
            resolve({ headers: answer.headers, socket })
          })
          .on('response', (answer) => {
            answer.destroy()
            reject(new FcnError('bad_answer', 'Declined.', { details: { status: answer.statusCode ?? 0 } }))
          })
          .on('error', (error) => reject(failed(error, signal)))
          .end()
      }),
    contact: createEmitter<{ node: NodeId; url: string; ok: boolean; at: number }>(),
    start: async () => undefined,
    stop: () => agent.destroy(),
  }
}
