/**
 * HTTP/2 without TLS ("prior knowledge", RFC 9113, 3.3) for programs of this machine: gRPC clients and `curl
 * --http2-prior-knowledge` speak nothing else. Only what the request hooks take is served; everything else is HTTP/1.1.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Http2ServerRequest, type Http2ServerResponse, type ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import type { Caller } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { RequestHooks } from './request-hooks.ts'

/** Requests at once over one connection: as many as a pool of HTTP/1.1 connections would carry. */
const maxStreams = 128
/** A connection without a request is closed after this time, ms. */
const idle = 60_000
/** Memory that a connection may take for what is not read yet, MB. */
const sessionMemory = 10

interface CleartextHttp2Components {
  hooks: RequestHooks
  callerOf: (socket: Socket) => Caller
}

export interface CleartextHttp2 {
  accept(socket: Socket): void
  close(): void
}

export function createCleartextHttp2({ hooks, callerOf }: CleartextHttp2Components): CleartextHttp2 {
  const sessions = new Set<ServerHttp2Session>()
  const server = createServer({
    maxSessionMemory: sessionMemory,
    settings: { maxConcurrentStreams: maxStreams, enableConnectProtocol: false },
  })
  server.on('session', (session) => {
    sessions.add(session)
    session.setTimeout(idle, () => session.close())
    session.once('close', () => sessions.delete(session))
    session.on('error', () => session.destroy()) // a client that breaks the protocol concerns nobody else
  })
  server.on('request', (request, response) => {
    const likeHttp1 = asHttp1(request)
    const caller = () => callerOf(request.socket)
    if (!hooks.dispatch(likeHttp1, response as unknown as ServerResponse, caller, { expectsContinue: false })) refuse(response)
  })

  return {
    accept: (socket) => void server.emit('connection', socket),
    close() {
      for (const session of sessions) session.close() // once its requests have ended
    },
  }
}

/** What matters to whoever forwards: what HTTP/2 says in pseudo-headers is said by `Host` and the request line before. */
function asHttp1(request: Http2ServerRequest): IncomingMessage {
  const { rawHeaders, headers } = request
  const { ':authority': authority } = headers
  // a body of unknown length, which HTTP/2 needs no words for; in HTTP/1.1 only such a one can have trailers
  const isChunked = !request.stream.endAfterHeaders && (headers['content-length'] === undefined || headers.trailer !== undefined)
  const isKept = (name: string) => !name.startsWith(':') && !(isChunked && name === 'content-length')
  const fields = rawHeaders.filter((_, index) => isKept(rawHeaders[index - (index % 2)] as string))
  if (authority !== undefined && headers.host === undefined) {
    headers.host = authority
    fields.push('host', authority)
  }
  if (isChunked) {
    delete headers['content-length']
    headers['transfer-encoding'] = 'chunked'
  }
  rawHeaders.splice(0, rawHeaders.length, ...fields)
  return request as unknown as IncomingMessage
}

function refuse(response: Http2ServerResponse): void {
  const error = new FcnError('not_found', 'There is nothing for HTTP/2 at this address.', { action: 'Ask by HTTP/1.1.' })
  response.writeHead(error.status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
  response.end(JSON.stringify(error.toFailure()))
}
