import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { text } from 'node:stream/consumers'
import { pageHeaders } from '../../electron/agent/api/local/page-headers.ts'
import { type CallName, type CallOutput, calls } from '../../electron/contract/calls.ts'
import type { Failure } from '../../electron/contract/failure.ts'
import { diffSnapshots } from '../../electron/contract/patch.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'

/** Answers to calls other than `snapshot.get`; a call without one fails with `not_found`. */
export type Answers = Partial<{ [N in CallName]: CallOutput<N> | { error: Failure } }>

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' }

export type PageServer = Awaited<ReturnType<typeof startPageServer>>

/**
 * The built page and the local API from a fixture, as a real server on loopback: what the page shows can be looked at
 * without an agent. Every call it got is in `called`.
 */
export async function startPageServer(root: string, first: Snapshot, answers: Answers = {}) {
  let state = first
  let isAway = false
  const streams = new Set<ServerResponse>()
  const called: { name: string; input: unknown }[] = []

  const send = (stream: ServerResponse, event: string, data: unknown) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

  const server = createServer((request, response) => {
    void route(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
    if (isAway && path.startsWith('/local/')) request.socket.destroy()
    else if (path === '/local/v1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      streams.add(response)
      request.on('close', () => streams.delete(response))
      send(response, 'hello', { epoch: state.epoch, revision: state.revision })
    } else if (path.startsWith('/local/v1/')) await answer(path.slice('/local/v1/'.length) as CallName, request, response)
    else await file(path === '/' ? '/index.html' : path, response)
  }

  async function answer(name: CallName, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = calls[name].input.parse(JSON.parse(await text(request)))
    called.push({ name, input })
    const value = name === 'snapshot.get' ? state : answers[name]
    const body =
      value === undefined
        ? { error: { code: 'not_found', message: `The fixture has no answer to ${name}.` } }
        : typeof value === 'object' && 'error' in value
          ? value
          : { value }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  async function file(path: string, response: ServerResponse): Promise<void> {
    try {
      const content = await readFile(join(root, normalize(path)))
      const type = types[extname(path)] ?? 'application/octet-stream'
      response.writeHead(200, { ...pageHeaders, 'content-type': type }).end(content)
    } catch {
      response.writeHead(404).end()
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    called,
    /** Moves the state on and tells every open page. */
    change(part: Partial<Snapshot>): void {
      const next = { ...state, ...part, revision: state.revision + 1 }
      const patches = diffSnapshots(state, next)
      state = next
      for (const stream of streams) send(stream, 'change', { epoch: state.epoch, revision: state.revision, patches })
    },
    /** Another run of the agent begins: all streams end. */
    restart(next: Snapshot): void {
      state = next
      for (const stream of streams) stream.end()
    },
    /** The agent goes away: the streams break off, and nobody answers a call any more. */
    leave(): void {
      isAway = true
      for (const stream of streams) stream.destroy()
    },
    async stop(): Promise<void> {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
