import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { echo, send, startHousehold } from '../../../fakes/household.ts'
import { member, nodeB, nodeC } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

/** Waits until the answer has begun; `end` is how it ends. */
async function beginning(url: string): Promise<{ end: Promise<string>; leave: () => void }> {
  const request = httpRequest(url, { agent: false })
  request.end()
  const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
  return { end: text(answer).catch((error: Error) => error.message), leave: () => request.destroy() }
}

describe('when somebody goes away', () => {
  it('a caller that leaves cancels the work on the serving node', async () => {
    let cancelled: Promise<string> = Promise.resolve('not yet')
    let begun: () => void = () => undefined
    const started = new Promise<void>((resolve) => (begun = resolve))
    const { box } = await startHousehold((request) => {
      cancelled = new Promise((resolve) => request.socket.once('close', () => resolve('cancelled')))
      begun()
    })
    const request = httpRequest(box, { agent: false }).on('error', () => undefined)
    request.end()
    await soon(started)
    request.destroy()
    expect(await soon(cancelled)).toBe('cancelled')
  })

  it.each([
    ['its body', {}],
    ['a body that trailers should follow', { trailer: 'x-sum' }],
  ])('a caller that leaves in the middle of %s cancels too', async (_what, headers) => {
    let cancelled: Promise<string> = Promise.resolve('not yet')
    let begun: () => void = () => undefined
    const started = new Promise<void>((resolve) => (begun = resolve))
    const { box } = await startHousehold((request) => {
      cancelled = new Promise((resolve) => request.socket.once('close', () => resolve('cancelled')))
      request.once('data', () => begun())
    })
    const request = httpRequest(box, { method: 'PUT', agent: false, headers: { 'transfer-encoding': 'chunked', ...headers } }).on(
      'error',
      () => undefined,
    )
    request.write('part')
    await soon(started)
    request.destroy()
    expect(await soon(cancelled)).toBe('cancelled')
  })

  it('a service with as much to do as its owner allows says so, and when to come again', async () => {
    const limits = { concurrent: 1, concurrentPerPeer: 1, queue: 0, bandwidthPerPeer: null }
    const { box } = await startHousehold((_request, response) => void response.write('begun'), { limits })
    const first = await beginning(box)
    const { status, headers } = await send(box)
    expect([status, headers['x-fcn-error'], headers['x-fcn-executed']]).toEqual([503, 'busy', 'no'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    first.leave()
  })

  it('a service that dies before its answer is an honest 502 that names peer and reason', async () => {
    const { box } = await startHousehold((request) => request.socket.destroy())
    const answer = await send(box, { method: 'POST', body: 'x' })
    expect(answer.status).toBe(502)
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'backend_failed', details: { peer: { id: nodeB, name: 'mini' } } })
  })

  it('a service that is not there is an honest 502 with what to do', async () => {
    const { box, backend } = await startHousehold(echo)
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
    const { box, b } = await startHousehold(echo)
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
      const { box } = await startHousehold((request, response) => {
        response.writeHead(200, headers)
        response.write('half', () => request.socket.destroy())
      })
      await expect(soon(send(box))).rejects.toThrow(/aborted|ECONNRESET|hang up/u)
    }
  })

  it('a node that stops ends what is under way, refuses more, and can start again', async () => {
    const { box, a } = await startHousehold((_request, response) => void response.writeHead(200).write('x'))
    const answer = await beginning(box)
    await soon(a.router.stop())
    expect(await soon(answer.end)).toMatch(/aborted|ECONNRESET|hang up/u)
    expect(await send(box)).toMatchObject({ status: 503, headers: { 'x-fcn-error': 'not_running' } })
    await a.router.stop()
    await a.router.start()
    const again = await beginning(box)
    await soon(a.router.stop())
    expect(await soon(again.end)).toMatch(/aborted|ECONNRESET|hang up/u)
  })
})

type Moment = (request: ClientRequest) => Promise<unknown>
/** What a caller that leaves has seen of its exchange. */
const early: readonly Moment[] = [
  async () => undefined,
  (request) => once(request, 'socket'),
  (request) => once(request, 'socket').then(([socket]) => socket.connecting && once(socket, 'connect')),
]
const late: readonly Moment[] = [
  (request) => once(request, 'response'),
  (request) => once(request, 'response').then(([answer]) => once(answer, 'data')),
]

describe('2,000 callers that leave at every moment', () => {
  it('leave nothing behind: no work at the service, no socket, no failure', async () => {
    let open = 0
    const { box, backend } = await startHousehold((request, response) => {
      const write = () => response.write(Buffer.alloc(16 * 1024))
      const feed = setInterval(write, 1)
      write()
      open++
      response.once('close', () => {
        open--
        clearInterval(feed)
      })
      request.resume()
    })
    const connections = () => new Promise<number>((resolve) => backend.server.getConnections((_error, count) => resolve(count)))
    const leave = async (caller: number, later: number) => {
      const request = httpRequest(box, { method: caller % 2 === 0 ? 'POST' : 'GET', agent: false }).on('error', () => undefined)
      request.on('response', (answer) => answer.on('error', () => undefined).resume())
      if (request.method === 'POST') request.write(Buffer.alloc(100_000))
      else request.end()
      const moments = caller < 48 ? early : late // those that stay longer cost most
      await soon((moments[caller % moments.length] as Moment)(request))
      await turns(later)
      request.destroy()
    }
    for (let round = 0; round < 40; round++) await Promise.all(Array.from({ length: 50 }, (_, caller) => leave(caller, round % 3)))
    const left = async () => ({ open, connections: await connections() })
    await expect.poll(left, { timeout: 15_000 }).toEqual({ open: 0, connections: 0 })
  }, 30_000)
})

describe('failover', () => {
  const spare = member(nodeC, 'spare', { services: [{ id: 'box', name: 'Box', status: 'active' }] })

  it('asks the next node when one cannot be reached', async () => {
    const { a, urls } = await startHousehold(echo, { members: [spare] })
    urls.set(nodeC, 'http://127.0.0.1:9')
    for (let round = 0; round < 8; round++) {
      const answer = await send(`${a.url}/services/any/any/box`, { method: 'POST', body: 'x' })
      expect(answer).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeB } })
      expect(JSON.parse(answer.text)).toMatchObject({ body: 'x' })
    }
  })

  it('says of every node why it failed when none can be reached', async () => {
    const { a, b } = await startHousehold(echo, { members: [spare] })
    await b.stop()
    const answer = await send(`${a.url}/services/any/any/box`)
    expect(answer.status).toBe(502)
    expect(new Set(JSON.parse(answer.text).details.tried.map((one: { id: string }) => one.id))).toEqual(new Set([nodeB, nodeC]))
  })

  it('never sends a request twice that may have been executed', async () => {
    let requests = 0
    const { a, urls } = await startHousehold(
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
