import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

interface LegacyRouterOptions {
  name?: string
  /** Their default is the well-known one. */
  key?: string
  /** Requests each client address has per 15 minutes. */
  limit?: number
  /** Answers health as older builds do, and asks for a key for the status. */
  older?: boolean
}

export interface LegacyRouter {
  readonly url: string
  /** Method and path of every request, oldest first. */
  readonly requests: string[]
  readonly registered: { url: string; name: string; capabilities: unknown }[]
  close(): Promise<void>
}

const window = 15 * 60_000

/** An existing node: a small HTTP server that behaves as the Router API v0.1 is described, limits and HTML errors included. */
export async function startLegacyRouter({
  name = 'old-nas',
  key = 'change_this_key',
  limit = 100,
  older = false,
}: LegacyRouterOptions = {}): Promise<LegacyRouter> {
  const requests: string[] = []
  const nodes: { url: string; name: string; capabilities: unknown; registered: string; lastSeen: string }[] = []
  const services = new Map<string, object>([
    ['minio', { status: 'active', port: '9000', consolePort: 9001, url: 'http://127.0.0.1:9000', lastChecked: new Date().toISOString() }],
    ['ollama', { status: 'inactive', port: 11434, url: 'http://127.0.0.1:11434', lastChecked: new Date().toISOString(), models: [] }],
  ])
  const startedAt = new Date().toISOString()
  const seen = new Map<string, { count: number; since: number }>()

  const info = () => ({
    name,
    role: 'storage',
    version: '0.1.0',
    uptime: startedAt,
    lastUpdated: new Date().toISOString(),
    resources: { cpu: 12, memory: 48.5, disk: null },
  })

  const answer = (call: string, body: Record<string, unknown>): [number, unknown] => {
    const service = /^GET \/api\/services\/(.+)$/u.exec(call)?.[1]
    if (service !== undefined) return services.has(service) ? [200, services.get(service)] : [404, { error: 'Service not found' }]
    switch (call) {
      case 'GET /api/node/info':
        return [200, info()]
      case 'GET /api/services':
        return [200, Object.fromEntries(services)]
      case 'POST /api/services/register': {
        const { id, name, port } = body
        if (typeof id !== 'string' || !id || !name || !port) return [400, { error: 'Missing required fields' }]
        services.set(id, { status: 'active', ...body })
        return [201, { message: 'Service registered successfully', service: body }]
      }
      case 'GET /api/mesh/nodes':
        return [200, nodes]
      case 'POST /api/mesh/register': {
        const { nodeUrl, nodeName, capabilities = [] } = body
        if (typeof nodeUrl !== 'string' || typeof nodeName !== 'string' || !nodeUrl || !nodeName)
          return [400, { error: 'Missing required fields' }]
        const now = new Date().toISOString()
        const known = nodes.find(({ url }) => url === nodeUrl)
        if (known) Object.assign(known, { name: nodeName, capabilities, lastSeen: now })
        else nodes.push({ url: nodeUrl, name: nodeName, capabilities, registered: now, lastSeen: now })
        return [201, { message: 'Node registered successfully', meshSize: nodes.length }]
      }
      default:
        return [404, { error: 'Not found' }]
    }
  }

  const overLimit = (address: string, response: ServerResponse) => {
    const now = Date.now()
    const entry = seen.get(address)
    const current = entry === undefined || now - entry.since >= window ? { count: 0, since: now } : entry
    current.count += 1
    seen.set(address, current)
    const reset = Math.ceil((current.since + window - now) / 1000)
    response.setHeader('RateLimit-Limit', limit)
    response.setHeader('RateLimit-Remaining', Math.max(0, limit - current.count))
    response.setHeader('RateLimit-Reset', reset)
    if (current.count <= limit) return false
    response.setHeader('Retry-After', reset)
    return true
  }

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const call = `${request.method} ${request.url}`
    requests.push(call)
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
    }
    if (overLimit(request.socket.remoteAddress ?? '', response)) return send(429, { error: 'Too many requests' })
    const sent = await text(request)
    if (call === 'GET /api/health') {
      return send(200, older ? { status: 'ok', timestamp: new Date().toISOString() } : { status: 'ok', node: name })
    }
    if (call === 'GET /api/system/status' && !older) {
      return send(200, { node: info(), services: Object.fromEntries(services), mesh: { nodeCount: nodes.length, lastSynced: null } })
    }
    const isJson = (request.headers['content-type'] ?? '').startsWith('application/json')
    let body: Record<string, unknown> = {}
    try {
      if (isJson && sent !== '') body = JSON.parse(sent) as Record<string, unknown>
    } catch {
      // their parser runs before their key check, and answers a page
      response
        .writeHead(400, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!DOCTYPE html><html><body><pre>SyntaxError</pre></body></html>')
      return
    }
    if (request.headers['x-api-key'] !== key) return send(401, { error: 'Unauthorized' })
    send(...answer(call, body))
  }

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    registered: nodes,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
