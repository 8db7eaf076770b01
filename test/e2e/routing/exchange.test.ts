import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type AppService, startAppService } from './app-service.ts'
import { statusOf, talk } from './raw-client.ts'
import { type ServingMesh, startServingMesh, valueOf } from './serving-mesh.ts'

let mesh: ServingMesh
let app: AppService
let atticId: string

beforeAll(async () => {
  ;[mesh, app] = await Promise.all([startServingMesh(['attic', 'cellar']), startAppService()])
  await mesh.share('app', [app.port])
  atticId = (await valueOf(attic(), 'node.get', {})).id
})
afterAll(async () => {
  await mesh?.stop()
  await app?.stop()
})

const attic = () => mesh.serving[0] as ServingMesh['serving'][number]
const newest = () => app.heard.at(-1)

/** A program that counts its requests and answers each with a status, until it is ended. */
async function counter(status: number) {
  const requests: string[] = []
  const server = createServer((incoming, response) => {
    incoming.resume().once('end', () => {
      requests.push(incoming.method ?? '')
      response.writeHead(status).end(String(status))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const end = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(end)
  return { port: (server.address() as AddressInfo).port, requests, end }
}

/** One after the other. */
async function statusesOf(count: number, ask: () => ReturnType<typeof request>): Promise<number[]> {
  const statuses: number[] = []
  for (let left = count; left > 0; left--) {
    const { statusCode, body } = await ask()
    await body.dump()
    statuses.push(statusCode)
  }
  return statuses
}

/** Requests that go well: a fifth of them may be tried again, so that what follows can be. */
const earnRetries = () => statusesOf(50, () => request(mesh.at('app', '/')))

describe('what an answer says about its way', () => {
  it('is the request id that the service heard: the one of the caller, or a new one', async () => {
    const named = await request(mesh.at('app', '/'), { headers: { 'x-request-id': 'my-own-1' } })
    await named.body.dump()
    expect([named.headers['x-request-id'], newest()?.headers['x-request-id']]).toEqual(['my-own-1', 'my-own-1'])
    const unnamed = await request(mesh.at('app', '/'))
    await unnamed.body.dump()
    expect(unnamed.headers['x-request-id']).toMatch(/^[\w-]{16,}$/u)
    expect(newest()?.headers['x-request-id']).toBe(unnamed.headers['x-request-id'])
  })

  it('is who served, by which path, and how long each node took', async () => {
    const { headers, body } = await request(mesh.at('app', '/'))
    await body.dump()
    expect(headers).toMatchObject({ 'x-fcn-node': atticId, 'x-fcn-path': 'direct' })
    expect(headers['server-timing']).toMatch(/fcn-serve;dur=[\d.]+.*fcn-route;dur=[\d.]+/u)
    expect(String(newest()?.headers['via']).split(',')).toHaveLength(2)
  })

  it('is true, whatever caller and service claim', async () => {
    const { headers, body } = await request(mesh.at('app', '/'), { headers: { 'x-fcn-node': 'me', 'x-fcn-caller': 'me' } })
    await body.dump()
    expect(headers['x-fcn-node']).toBe(atticId)
    expect(newest()?.headers['x-fcn-node']).toBeUndefined()
    expect(newest()?.headers['x-fcn-caller']).not.toBe('me')
  })
})

describe('a request that goes round', () => {
  it('is refused when a service sends it back to the node that it came from', async () => {
    const back = createServer((incoming, response) => {
      const onward = httpRequest(mesh.at('back', '/'), { headers: { via: incoming.headers.via ?? '' } }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, { 'x-code': String(answer.headers['x-fcn-error']) })
        answer.pipe(response)
      })
      onward.end()
    })
    await once(back.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void back.close())
    await mesh.share('back', [(back.address() as AddressInfo).port])
    const { statusCode, headers, body } = await request(mesh.at('back', '/'))
    await body.dump()
    expect([statusCode, headers['x-code']]).toEqual([508, 'loop'])
  })

  it('is refused after too many nodes', async () => {
    const via = Array.from({ length: 8 }, (_, index) => `1.1 fcn-NODE${index}`).join(', ')
    const { statusCode, body } = await request(mesh.at('app', '/'), { headers: { via } })
    expect([statusCode, ((await body.json()) as { code: string }).code]).toEqual([508, 'loop'])
  })

  it('is refused when a node shares its own address', async () => {
    await valueOf(attic(), 'service.share', { name: 'self', port: attic().port }).catch(() => undefined) // or it is not even shared
    await delay(500)
    const { statusCode, body } = await request(mesh.at('self', '/services/any/attic/app/', 'attic'))
    await body.dump()
    expect([508, 400, 404, 502]).toContain(statusCode)
  })
})

describe('a deadline (x-fcn-timeout)', () => {
  it('ends a request with 504, and its work at the service', async () => {
    const began = performance.now()
    const { statusCode, body } = await request(mesh.at('app', '/silent'), { headers: { 'x-fcn-timeout': '400' }, headersTimeout: 4_000 })
    expect([statusCode, ((await body.json()) as { code: string }).code]).toEqual([504, 'timeout'])
    expect(performance.now() - began).toBeGreaterThan(390)
    expect(performance.now() - began).toBeLessThan(3_000)
    await eventually('the service has nothing to do', () => app.waiting() === 0, 1_000)
  })

  it('travels, and is less at each node', async () => {
    const { body } = await request(mesh.at('app', '/'), { headers: { 'x-fcn-timeout': '30000' } })
    await body.dump()
    const left = Number(newest()?.headers['x-fcn-timeout'])
    expect(left).toBeGreaterThan(20_000)
    expect(left).toBeLessThan(30_001)
  })
})

describe('a node whose program cannot serve', () => {
  // each of the two is the bad one once: whichever the caller would rather ask
  it.each(['attic', 'cellar'])('is passed over for another when its program says 503: %s', async (name) => {
    const [bad, good] = [await counter(503), await counter(200)]
    const service = `half-${name}`
    await mesh.share(service, name === 'attic' ? [bad.port, good.port] : [good.port, bad.port])
    const at = mesh.at(service, '/')
    await earnRetries()
    expect(new Set(await statusesOf(4, () => request(at)))).toEqual(new Set([200]))
    expect(new Set(await statusesOf(3, () => request(at, { method: 'PUT', body: Buffer.alloc(900_000) })))).toEqual(new Set([200]))
    const keyed = () => request(at, { method: 'POST', body: 'x', headers: { 'idempotency-key': 'once' } })
    expect(new Set(await statusesOf(3, keyed))).toEqual(new Set([200]))
  })

  it('has not worked on a POST that it answers so, which goes to another with its body', async () => {
    const [bad, good] = [await counter(503), await counter(200)]
    await mesh.share('posts', [bad.port, good.port])
    await earnRetries()
    expect(new Set(await statusesOf(10, () => request(mesh.at('posts', '/'), { method: 'POST', body: 'x' })))).toEqual(new Set([200]))
    expect(good.requests).toHaveLength(10)
  })

  it.each(['attic', 'cellar'])('is passed over, also by a POST, when nothing listens there any more: %s', async (name) => {
    const [gone, good] = [await counter(200), await counter(200)]
    const service = `gone-${name}`
    await mesh.share(service, name === 'attic' ? [gone.port, good.port] : [good.port, gone.port])
    await earnRetries()
    gone.end()
    const statuses = await statusesOf(8, () => request(mesh.at(service, '/'), { method: 'POST', body: 'x'.repeat(10_000) }))
    expect(new Set(statuses)).toEqual(new Set([200]))
    expect(good.requests).toHaveLength(8)
  })

  it('costs at most a fifth more requests when all are down, and ten a second', async () => {
    const [bad, worse] = [await counter(503), await counter(503)]
    await mesh.share('down', [bad.port, worse.port])
    const sent = () => bad.requests.length + worse.requests.length
    await statusesOf(300, () => request(mesh.at('down', '/'))) // spends what was earned before
    const [before, began] = [sent(), performance.now()]
    await statusesOf(300, () => request(mesh.at('down', '/')))
    const seconds = (performance.now() - began) / 1_000
    expect(sent() - before).toBeLessThanOrEqual(300 * 1.2 + 10 * (seconds + 1))
  })
})

describe('a serving node with too much to do', () => {
  it('says so, and when to come again', async () => {
    await valueOf(attic(), 'capability.set', {
      name: 'archive',
      enabled: true,
      backend: `http://127.0.0.1:${app.port}`,
      limits: { concurrentPerPeer: 32, queue: 64 },
    })
    const url = `${mesh.caller.url}/capabilities/any/archive/silent`
    await eventually('mia would ask attic', async () => (await request(url.replace('silent', ''))).statusCode === 200)
    const over = new AbortController()
    const busy: (string | string[] | undefined)[][] = []
    const all = Array.from({ length: 140 }, async () => {
      const { headers, body, statusCode } = await request(url, { signal: over.signal })
      busy.push([String(statusCode), headers['x-fcn-error'], headers['retry-after']])
      await body.dump()
    })
    try {
      await eventually('some are told', () => busy.length > 10, 5_000)
    } finally {
      over.abort()
      await Promise.allSettled(all)
    }
    expect(busy.filter(([status, code, wait]) => !(/^(?:503|429)$/u.test(String(status)) && code === 'busy' && Number(wait) > 0))).toEqual(
      [],
    )
    await eventually('the service has nothing to do', () => app.waiting() === 0, 3_000)
  })
})

describe('an answer that comes before the end of the request', () => {
  it('leaves a connection that takes the next request, once the rest of the body has come', async () => {
    const dead = await counter(200)
    await mesh.share('dead', [dead.port])
    dead.end()
    const path = new URL(mesh.at('dead', '/')).pathname
    const socket = connect(mesh.caller.port, '127.0.0.1')
    const head = `PUT ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4000000\r\n\r\n`
    const next = `GET ${new URL(mesh.at('app', '/')).pathname} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`
    const pieces = (async () => {
      await delay(300)
      socket.write(Buffer.alloc(4_000_000))
      await delay(6_000) // longer than the node waits for the rest of a body
      socket.write(next)
    })()
    const { answers } = await talk(socket, head, ['PUT', 'GET'], 8_000)
    await pieces
    const [refused, after] = answers.map(statusOf)
    expect([502, 503]).toContain(refused)
    expect(after).toBe(200)
  })
})
