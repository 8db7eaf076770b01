import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import type { CapabilityLimits } from '../../electron/contract/routing.ts'
import type { Member } from '../../electron/agent/components.ts'
import { startBackend } from './backend.ts'
import { createDirectTransport } from './direct-transport.ts'
import { callingAs, member, nodeA, nodeB, service, startRouterNode } from './router-node.ts'

/** A program's node A, a peer B with the service "box", and the program behind it. All stops when the running test ends. */
export async function startHousehold(listener: RequestListener, more: { members?: Member[]; limits?: CapabilityLimits } = {}) {
  const backend = await startBackend(listener)
  const urls = new Map<string, string>()
  const transport = createDirectTransport(urls)
  const offered = { services: [{ id: 'box', name: 'Box', status: 'active' as const }] }
  const b = await startRouterNode({
    id: nodeB,
    name: 'mini',
    transport,
    peers: [nodeA],
    members: [member(nodeA, 'desk')],
    services: [{ ...service('box', backend.url), ...(more.limits && { limits: more.limits }) }],
  })
  const members = [member(nodeB, 'mini', offered), ...(more.members ?? [])]
  const a = await startRouterNode({ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport), members })
  urls.set(nodeB, b.peerUrl)
  for (const stop of [backend.stop, b.stop, a.stop, () => transport.stop()]) onTestFinished(stop)
  return { a, b, backend, urls, box: `${a.url}/services/Home/mini/box` }
}

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

/** One request over a connection of its own, with exactly the headers given. */
export async function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const request = httpRequest(url, { method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false })
  request.end(options.body)
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }
}

/** A program that answers with the request it got, as JSON. */
export const echo: RequestListener = (request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += String(chunk)))
  request.on('end', () => response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body })))
}
