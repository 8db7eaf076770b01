import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage, type RequestListener } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { Member } from '../../../../electron/agent/components.ts'
import { startBackend } from '../../../fakes/backend.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { apiKey, callingAs, member, meshId, nodeA, nodeB, nodeC, service, startRouterNode } from '../../../fakes/router-node.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

/** A program's node A, a peer B with the service "box", and the program behind it. */
async function household(listener: RequestListener, more: { members?: Member[] } = {}) {
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
    services: [service('box', backend.url)],
  })
  const members = [member(nodeB, 'mini', offered), ...(more.members ?? [])]
  const a = await startRouterNode({ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport), members })
  urls.set(nodeB, b.peerUrl)
  stops.push(backend.stop, b.stop, a.stop, () => transport.stop())
  return { a, b, backend, urls, box: `${a.url}/services/Home/mini/box` }
}

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  text: string
}

async function send(url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Answer> {
  const request = httpRequest(url, { method: options.method ?? 'GET', headers: options.headers ?? {}, agent: false })
  request.end(options.body)
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  return { status: answer.statusCode ?? 0, headers: answer.headers, text }
}

const echo: RequestListener = (request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += String(chunk)))
  request.on('end', () => response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body })))
}

/** Waits for a promise that an event of the other side resolves, and fails rather than hang. */
const soon = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    wait(3_000, undefined, { ref: false }).then(() => {
      throw new Error('It did not happen within 3 s.')
    }),
  ])

describe('a routed request', () => {
  it('reaches the service of a peer with method, path, query, headers and body as sent', async () => {
    const { box } = await household(echo)
    const answer = await send(`${box}/a%2Fb/%C3%BC;x=1?q=%20&r`, { method: 'PATCH', headers: { 'x-mine': 'yes' }, body: 'hello' })
    expect(JSON.parse(answer.text)).toMatchObject({
      method: 'PATCH',
      url: '/a%2Fb/%C3%BC;x=1?q=%20&r',
      headers: { 'x-mine': 'yes' },
      body: 'hello',
    })
  })

  it('passes every method on', async () => {
    const { box } = await household(echo)
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'MKCOL', 'REPORT', 'PURGE', 'QUERY']) {
      expect(JSON.parse((await send(box, { method })).text)).toMatchObject({ method, url: '/' })
    }
  })

  it('says which node served by which path, in what time, under which request id', async () => {
    const { box } = await household(echo)
    const { headers } = await send(box, { headers: { 'x-request-id': 'mine-1' } })
    expect(headers).toMatchObject({ 'x-fcn-node': nodeB, 'x-fcn-path': 'direct', 'x-request-id': 'mine-1' })
    expect(headers['server-timing']).toMatch(/^fcn-serve;dur=[\d.]+, fcn-route;dur=[\d.]+$/u)
    expect(headers.via).toBe(`1.1 fcn-${nodeB}, 1.1 fcn-${nodeA}`)
  })

  it('makes a request id where there is none, and one for all hops', async () => {
    const { box } = await household(echo)
    const { headers, text } = await send(box)
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/u)
    expect(JSON.parse(text)).toMatchObject({ headers: { 'x-request-id': headers['x-request-id'] } })
  })

  it('may say that its body is empty, whatever the method', async () => {
    const { box } = await household(echo)
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await send(box, { method, headers: { 'content-length': '0' } })).toMatchObject({ status: 200 })
    }
  })

  it('is not followed through redirects', async () => {
    const { box } = await household((_request, response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end())
    expect(await send(box)).toMatchObject({ status: 302, headers: { location: 'http://192.0.2.1/' } })
  })

  it('keeps the node’s own credentials, and passes those of the service', async () => {
    const { box } = await household(echo)
    const mine = { 'x-api-key': apiKey, authorization: `Bearer ${apiKey}`, cookie: 'fcn_AAAAAAA=secret; theirs=1' }
    expect(JSON.parse((await send(box, { headers: mine })).text).headers).toMatchObject({ cookie: 'theirs=1' })
    expect((await send(box, { headers: mine })).text).not.toMatch(/secret|the-api-key/u)
    const theirs = { 'x-api-key': 'of the service', authorization: 'Bearer other' }
    expect(JSON.parse((await send(box, { headers: theirs })).text).headers).toMatchObject(theirs)
  })

  it('carries no hop-by-hop header either way, nor one that Connection names', async () => {
    const { box } = await household((request, response) => {
      response.writeHead(200, {
        connection: 'x-secret',
        'x-secret': '1',
        'proxy-authenticate': 'Basic',
        'set-cookie': ['fcn_AAAAAAA=x', 'a=b'],
      })
      response.end(JSON.stringify(request.headers))
    })
    const { headers, text } = await send(box, {
      headers: { connection: 'x-drop, keep-alive', 'x-drop': '1', te: 'trailers', 'proxy-authorization': 'x' },
    })
    const seen = JSON.parse(text) as Record<string, string>
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['x-drop']))
    for (const name of ['x-drop', 'te', 'proxy-authorization', 'keep-alive']) expect(seen).not.toHaveProperty(name)
    for (const name of ['x-secret', 'proxy-authenticate']) expect(headers).not.toHaveProperty(name)
    expect(headers['set-cookie']).toEqual(['a=b'])
  })

  it('puts documents of services in a sandbox, away from the node’s own page', async () => {
    const { box } = await household((_request, response) =>
      response.writeHead(200, { 'content-security-policy': "default-src 'self'" }).end(),
    )
    expect((await send(box)).headers['content-security-policy']).toMatch(/^default-src 'self', sandbox (?!.*allow-same-origin)/u)
  })

  it('answers HEAD, 204 and 304 without a body and keeps the connection usable', async () => {
    const { box } = await household((request, response) => {
      if (request.url === '/204') response.writeHead(204).end()
      else if (request.url === '/304') response.writeHead(304, { etag: '"1"' }).end()
      else response.writeHead(200, { 'content-length': 5 }).end(request.method === 'HEAD' ? undefined : 'hello')
    })
    expect(await send(box, { method: 'HEAD' })).toMatchObject({ status: 200, headers: { 'content-length': '5' }, text: '' })
    expect(await send(`${box}/204`)).toMatchObject({ status: 204, text: '' })
    expect(await send(`${box}/304`)).toMatchObject({ status: 304, headers: { etag: '"1"' }, text: '' })
  })

  it('answers Expect: 100-continue and sends the body on', async () => {
    const { box } = await household(echo)
    const request = httpRequest(box, { method: 'POST', headers: { expect: '100-continue', 'content-length': '4' }, agent: false })
    request.flushHeaders()
    await soon(once(request, 'continue'))
    request.end('body')
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    let text = ''
    for await (const chunk of answer) text += String(chunk)
    expect(JSON.parse(text)).toMatchObject({ body: 'body' })
  })

  it('is refused when it comes back to a node it has passed', async () => {
    const { box } = await household(echo)
    for (const via of [`1.1 fcn-${nodeA}`, `1.1 x, 1.1 fcn-${nodeB} (again)`, Array(8).fill('1.1 fcn-other').join(', ')]) {
      const answer = await send(box, { headers: { via } })
      expect(answer).toMatchObject({ status: 508, headers: { 'x-fcn-error': 'loop' } })
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'loop' })
    }
  })

  it('is accounted on the serving node in one line per peer and service', async () => {
    const { box, b } = await household(echo)
    await send(box, { method: 'POST', body: '12345' })
    await send(box)
    await b.router.stop()
    expect(b.audit).toMatchObject([
      { action: 'service.used', actor: 'desk', actorId: nodeA, subjectId: 'box', outcome: 'ok', details: { requests: 2, bytesIn: 5 } },
    ])
  })
})

describe('what this node offers itself', () => {
  it('is served from here, below the folder the service is shared from', async () => {
    const backend = await startBackend(echo)
    const transport = createDirectTransport(new Map())
    const here = service('app', `${backend.url}/folder`)
    const a = await startRouterNode({ id: nodeA, name: 'desk', transport, services: [here], backends: { ai: backend.url } })
    stops.push(backend.stop, a.stop, () => transport.stop())
    const answer = await send(`${a.url}/services/any/desk/app/x?y`)
    expect(answer.headers).toMatchObject({ 'x-fcn-node': nodeA, 'x-fcn-path': 'local' })
    expect(JSON.parse(answer.text)).toMatchObject({ url: '/folder/x?y' })
    expect((await send(`${a.url}/services/any/desk/app/..%2Fsecret`)).status).toBe(400)
    expect(JSON.parse((await send(`${a.url}/capabilities/Home/ai/v1/models`)).text)).toMatchObject({ url: '/v1/models' })
    expect((await send(`${a.url}/capabilities/any/storage/`)).status).toBe(503)
  })

  it('is off for peers when it is off', async () => {
    const { b } = await household(echo)
    const answer = await send(`${b.peerUrl}/peer/v1/capabilities/${meshId}/ai/`, { headers: { 'x-test-caller': nodeA } })
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'capability_off' })
  })

  it('does not hear from peers whose address a request claims to be from', async () => {
    const { box } = await household(echo)
    const { headers } = JSON.parse(
      (await send(box, { headers: { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' } })).text,
    ) as Answer
    expect(headers).toMatchObject({ 'x-fcn-caller': nodeA })
    for (const name of ['x-forwarded-for', 'forwarded']) expect(headers).not.toHaveProperty(name)
  })
})

describe('streams', () => {
  it('carries 64 MiB each way unchanged, in bounded memory', async () => {
    const { box } = await household((request, response) => {
      response.writeHead(200)
      request.pipe(response)
    })
    const block = randomBytes(1024 * 1024)
    const sent = createHash('sha256')
    const received = createHash('sha256')
    const request = httpRequest(box, { method: 'POST', agent: false })
    const before = process.memoryUsage().rss
    let most = 0
    const body = Readable.from(
      (function* () {
        for (let index = 0; index < 64; index++) {
          sent.update(block)
          most = Math.max(most, process.memoryUsage().rss)
          yield block
        }
      })(),
    )
    body.pipe(request)
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    for await (const chunk of answer) received.update(chunk as Buffer)
    expect(received.digest('hex')).toBe(sent.digest('hex'))
    expect(most - before).toBeLessThan(160 * 1024 * 1024) // the test's own four servers and clients included
  }, 30_000)

  it('holds the sender back while the receiver does not read', async () => {
    let written = 0
    const { box } = await household((_request, response) => {
      response.writeHead(200)
      const block = Buffer.alloc(64 * 1024)
      const pump = () => {
        do written += block.length
        while (written < 512 * 1024 * 1024 && response.write(block))
      }
      response.on('drain', pump)
      pump()
    })
    const request = httpRequest(box, { agent: false })
    request.end()
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    let last = -1
    while (last !== written) {
      last = written
      await wait(150)
    }
    expect(written).toBeLessThan(64 * 1024 * 1024)
    answer.destroy()
  })

  it('delivers events as they come, head first', async () => {
    let say: (text: string) => void = () => undefined
    const { box } = await household((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      say = (text) => void response.write(text)
    })
    const request = httpRequest(box, { agent: false })
    request.end()
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
      say(text)
      const [chunk] = (await soon(once(answer, 'data'))) as [Buffer]
      expect(chunk.toString()).toBe(text)
    }
    answer.destroy()
  })

  it('passes a body on while it still arrives', async () => {
    const { box } = await household((request, response) => void request.once('data', (chunk: Buffer) => response.end(chunk)))
    const request = httpRequest(box, { method: 'POST', agent: false })
    request.write('first')
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    const [chunk] = (await soon(once(answer, 'data'))) as [Buffer]
    expect(chunk.toString()).toBe('first')
    request.on('error', () => undefined).destroy()
  })
})

describe('when somebody goes away', () => {
  it('a caller that leaves cancels the work on the serving node', async () => {
    let cancelled: Promise<string> = Promise.resolve('not yet')
    let begun: () => void = () => undefined
    const started = new Promise<void>((resolve) => (begun = resolve))
    const { box } = await household((request) => {
      cancelled = new Promise((resolve) => request.socket.once('close', () => resolve('cancelled')))
      begun()
    })
    const request = httpRequest(box, { agent: false }).on('error', () => undefined)
    request.end()
    await soon(started)
    request.destroy()
    expect(await soon(cancelled)).toBe('cancelled')
  })

  it('a caller that leaves in the middle of its body cancels too', async () => {
    let cancelled: Promise<string> = Promise.resolve('not yet')
    let begun: () => void = () => undefined
    const started = new Promise<void>((resolve) => (begun = resolve))
    const { box } = await household((request) => {
      cancelled = new Promise((resolve) => request.socket.once('close', () => resolve('cancelled')))
      request.once('data', () => begun())
    })
    const request = httpRequest(box, { method: 'PUT', agent: false }).on('error', () => undefined)
    request.write('part')
    await soon(started)
    request.destroy()
    expect(await soon(cancelled)).toBe('cancelled')
  })

  it('a service that dies before its answer is an honest 502 that names peer and reason', async () => {
    const { box } = await household((request) => request.socket.destroy())
    const answer = await send(box, { method: 'POST', body: 'x' })
    expect(answer.status).toBe(502)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'backend_failed', details: { peer: { id: nodeB, name: 'mini' } } })
  })

  it('a service that is not there is an honest 502 with what to do', async () => {
    const { box, backend } = await household(echo)
    await backend.stop()
    const { status, text } = await send(box)
    expect(status).toBe(502)
    expect(JSON.parse(text)).toMatchObject({
      code: 'backend_failed',
      message: expect.stringContaining('nothing listens'),
      action: expect.any(String),
    })
  })

  it('a peer that is not there is an honest 502 that names it', async () => {
    const { box, b } = await household(echo)
    await b.stop()
    const { status, text } = await send(box)
    expect(status).toBe(502)
    expect(JSON.parse(text)).toMatchObject({
      code: 'unreachable',
      details: { peer: { id: nodeB, name: 'mini' }, tried: [{ id: nodeB, code: 'unreachable' }] },
    })
  })

  it('a service that dies in the middle of a body cuts the connection, with and without a length', async () => {
    for (const headers of [{}, { 'content-length': '100' }]) {
      const { box } = await household((request, response) => {
        response.writeHead(200, headers)
        response.write('half', () => request.socket.destroy())
      })
      await expect(soon(send(box))).rejects.toThrow(/aborted|ECONNRESET|hang up/u)
    }
  })

  it('a node that stops ends what is under way, refuses more, and can start again', async () => {
    const { box, a } = await household((_request, response) => void response.writeHead(200).write('x'))
    const answer = send(box).catch((error: Error) => error.message)
    await wait(100)
    await soon(a.router.stop())
    expect(await soon(answer)).toMatch(/aborted|ECONNRESET|hang up/u)
    expect(await send(box)).toMatchObject({ status: 503, headers: { 'x-fcn-error': 'not_running' } })
    await a.router.stop()
    await a.router.start()
    const again = send(box).catch((error: Error) => error.message)
    await wait(100)
    await soon(a.router.stop())
    expect(await again).toMatch(/aborted|ECONNRESET|hang up/u)
  })
})

describe('2,000 callers that leave at random moments', () => {
  it('leave nothing behind: no work at the service, no socket, no failure', async () => {
    let open = 0
    const { box, backend } = await household((request, response) => {
      const feed = setInterval(() => response.write(Buffer.alloc(16 * 1024)), 1)
      open++
      response.once('close', () => {
        open--
        clearInterval(feed)
      })
      request.resume()
    })
    const connections = () => new Promise<number>((resolve) => backend.server.getConnections((_error, count) => resolve(count)))
    const leave = async () => {
      const request = httpRequest(box, { method: Math.random() < 0.5 ? 'POST' : 'GET', agent: false }).on('error', () => undefined)
      request.on('response', (answer) => answer.on('error', () => undefined).resume())
      if (request.method === 'POST') request.write(Buffer.alloc(100_000))
      else request.end()
      await wait(Math.random() * 20)
      request.destroy()
    }
    for (let round = 0; round < 40; round++) await Promise.all(Array.from({ length: 50 }, leave))
    const left = async () => ({ open, connections: await connections() })
    await expect.poll(left, { timeout: 3_000 }).toEqual({ open: 0, connections: 0 })
  }, 30_000)
})

describe('failover', () => {
  const spare = member(nodeC, 'spare', { services: [{ id: 'box', name: 'Box', status: 'active' }] })

  it('asks the next node when one cannot be reached', async () => {
    const { a, urls } = await household(echo, { members: [spare] })
    urls.set(nodeC, 'http://127.0.0.1:9')
    for (let round = 0; round < 8; round++) {
      const answer = await send(`${a.url}/services/any/any/box`, { method: 'POST', body: 'x' })
      expect(answer).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeB } })
      expect(JSON.parse(answer.text)).toMatchObject({ body: 'x' })
    }
  })

  it('says of every node why it failed when none can be reached', async () => {
    const { a, b } = await household(echo, { members: [spare] })
    await b.stop()
    const answer = await send(`${a.url}/services/any/any/box`)
    expect(answer.status).toBe(502)
    expect(new Set(JSON.parse(answer.text).details.tried.map((one: { id: string }) => one.id))).toEqual(new Set([nodeB, nodeC]))
  })

  it('never sends a request twice that may have been executed', async () => {
    let requests = 0
    const { a, urls } = await household(
      (request) => {
        requests++
        request.socket.destroy()
      },
      { members: [spare] },
    )
    urls.set(nodeC, urls.get(nodeB) as string) // both lead to the program that dies
    expect((await send(`${a.url}/services/any/any/box`, { method: 'POST' })).status).toBe(502)
    expect(requests).toBe(1)
  })
})

describe('who may ask', () => {
  it('a page from elsewhere, another Host and a stranger are refused', async () => {
    const { box, b } = await household(echo)
    expect((await send(box, { headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await send(box, { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await send(box, { headers: { origin: 'null' } })).status).toBe(403)
    expect((await send(box, { headers: { origin: 'http://localhost:5173' } })).status).toBe(200)
    const path = `${b.peerUrl}/peer/v1/services/${meshId}/box/`
    const stranger = await send(path, { headers: { 'x-test-caller': nodeC } })
    expect(stranger.status).toBe(403)
    expect(JSON.parse(stranger.text)).toMatchObject({ code: 'not_member' })
    expect((await send(path.replace(meshId, nodeC), { headers: { 'x-test-caller': nodeA } })).status).toBe(403)
  })

  it('a service’s own claims about nodes do not get through', async () => {
    const { box } = await household((_request, response) => response.writeHead(200, { 'x-fcn-node': nodeC, 'x-fcn-error': 'loop' }).end())
    const { headers } = await send(box, { headers: { 'x-fcn-caller': nodeC } })
    expect(headers['x-fcn-node']).toBe(nodeB)
    expect(headers).not.toHaveProperty('x-fcn-error')
  })

  it('ambiguous framing never reaches a service', async () => {
    let requests = 0
    const { a } = await household((_request, response) => {
      requests++
      response.end()
    })
    const framings = [
      'Content-Length: 5\r\nContent-Length: 6',
      'Content-Length: 5\r\nTransfer-Encoding: chunked',
      'Transfer-Encoding: chunked, identity',
      'Transfer-Encoding: \x0bchunked',
      'Content-Length: +5',
      'Content-Length : 5',
    ]
    for (const framing of framings) {
      const socket = connect(Number(new URL(a.url).port), '127.0.0.1')
      socket.write(`POST /services/Home/mini/box/ HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n\r\nhello`)
      const [chunk] = (await soon(once(socket, 'data'))) as [Buffer]
      expect(framing + chunk.toString('latin1', 0, 13)).toBe(`${framing}HTTP/1.1 400 `)
      socket.destroy()
    }
    expect(requests).toBe(0)
  })
})
