import { once } from 'node:events'
import { type IncomingMessage, request as httpRequest, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PolicyRules } from '../../../../electron/contract/routing.ts'
import { startBackend } from '../../../fakes/backend.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { echo, send, startHousehold } from '../../../fakes/household.ts'
import { callingAs, member, nodeA, nodeB, nodeC, startRouterNode } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'

/** A program's node and two peers that offer `ai`, B before C, each with a program of its own behind it. */
async function startPair(first: RequestListener, second: RequestListener, rules: PolicyRules = { preferredNodes: [nodeB, nodeC] }) {
  const urls = new Map<string, string>()
  const transport = createDirectTransport(urls)
  const offers = { capabilities: [{ name: 'ai', state: 'ready' as const }] }
  const peers = await Promise.all(
    (
      [
        [nodeB, first],
        [nodeC, second],
      ] as const
    ).map(async ([id, listener]) => {
      const backend = await startBackend(listener)
      const node = await startRouterNode({
        id,
        name: id.slice(0, 1),
        transport,
        peers: [nodeA],
        members: [member(nodeA, 'desk')],
        backends: { ai: backend.url },
      })
      urls.set(id, node.peerUrl)
      return { backend, node }
    }),
  )
  const members = [member(nodeB, 'B', offers), member(nodeC, 'C', offers)]
  const a = await startRouterNode({ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport), members, rules: { ai: rules } })
  for (const { backend, node } of peers) onTestFinished(async () => void (await Promise.all([backend.stop(), node.stop()])))
  for (const stop of [a.stop, () => transport.stop()]) onTestFinished(stop)
  return { a, urls, ai: `${a.url}/capabilities/any/ai/x`, programs: peers.map(({ backend }) => backend) }
}

const counting = (answer: RequestListener) => {
  const seen: string[] = []
  const listener: RequestListener = (request, response) => {
    seen.push(String(request.method))
    answer(request, response)
  }
  return { seen, listener }
}
const busy: RequestListener = (request, response) => {
  request.resume()
  response.writeHead(503).end('full')
}

describe('another node is asked', () => {
  it('when the first says 503, with the whole body, whatever the method', async () => {
    const { ai } = await startPair(busy, echo)
    const answer = await send(ai, { method: 'POST', body: 'x'.repeat(100_000) })
    expect(answer).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeC } })
    expect(JSON.parse(answer.text)).toMatchObject({ method: 'POST', body: 'x'.repeat(100_000) })
  })

  it('also with trailers, which come with the body again as long as all of it is kept', async () => {
    const seen: (string | undefined)[] = []
    const trailed: RequestListener = (request, response) => {
      request.resume().once('end', () => {
        seen.push(request.trailers['x-sum'])
        response.end()
      })
    }
    const { ai } = await startPair((request) => void request.resume().once('end', () => request.socket.destroy()), trailed)
    const upload = async (method: string, bytes: number) => {
      const out = httpRequest(ai, { method, agent: false, headers: { trailer: 'x-sum', 'transfer-encoding': 'chunked' } })
      out.write(Buffer.alloc(bytes))
      out.addTrailers({ 'x-sum': method })
      out.end()
      const [answer] = (await soon(once(out, 'response'))) as [IncomingMessage]
      answer.resume()
      return answer.statusCode
    }
    expect(await upload('PUT', 100_000)).toBe(200)
    expect(await upload('POST', 100_000)).toBe(502) // it may have been done
    expect(await upload('PUT', 1024 * 1024 + 1)).toBe(502) // not all of it is kept
    expect(seen).toEqual(['PUT'])
  })

  it('when the program of the first breaks off, if the request may be repeated', async () => {
    const { seen, listener } = counting((request) => request.socket.destroy())
    const { ai } = await startPair(listener, echo)
    expect(await send(ai, { method: 'PUT', body: 'x' })).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeC } })
    expect(await send(ai, { method: 'POST', body: 'x' })).toMatchObject({ status: 502, headers: { 'x-fcn-node': nodeB } })
    expect(await send(ai, { method: 'POST', body: 'x', headers: { 'idempotency-key': '"k"' } })).toMatchObject({ status: 200 })
    // the one without a key once; the other by its node once more over a new connection
    expect(seen.filter((method) => method === 'POST')).toHaveLength(3)
  })

  it('when no program runs behind the first, also with a request that must not be repeated', async () => {
    const { ai, programs } = await startPair(echo, echo)
    await programs[0]?.stop()
    expect(await send(ai, { method: 'POST', body: 'x' })).toMatchObject({ status: 200, headers: { 'x-fcn-node': nodeC } })
  })

  it('not when the body is too large to be kept: the caller hears the honest answer', async () => {
    const { ai } = await startPair((request, response) => void request.resume().on('end', () => response.writeHead(503).end('full')), echo)
    const answer = await send(ai, { method: 'PUT', body: 'x'.repeat(1_100_000) })
    expect(answer).toMatchObject({ status: 503, text: 'full', headers: { 'x-fcn-node': nodeB } })
  })

  it('and when the last one says 503, that is the answer', async () => {
    const { ai } = await startPair(busy, busy)
    expect(await send(ai)).toMatchObject({ status: 503, text: 'full', headers: { 'x-fcn-node': nodeC } })
  })

  it('in the order of the policy', async () => {
    const { ai } = await startPair(echo, echo, { preferredNodes: [nodeC], fallbackNodes: [nodeB] })
    for (let round = 0; round < 5; round++) expect((await send(ai)).headers['x-fcn-node']).toBe(nodeC)
  })

  it('in turn by round robin', async () => {
    const { ai } = await startPair(echo, echo, { loadBalancing: 'round-robin' })
    const served = []
    for (let round = 0; round < 4; round++) served.push((await send(ai)).headers['x-fcn-node'])
    expect(served).toEqual([nodeB, nodeC, nodeB, nodeC])
  })
})

describe('the only node', () => {
  it('is asked once more over a new connection when the kept one breaks, if the request may be repeated', async () => {
    const { box, urls } = await startHousehold(echo)
    let breaks = 1
    const { seen, listener } = counting((request, response) => {
      if (breaks-- > 0) request.socket.destroy()
      else response.end('fine')
    })
    const peer = await startBackend(listener)
    onTestFinished(peer.stop)
    urls.set(nodeB, peer.url)
    expect(await send(box)).toMatchObject({ status: 200, text: 'fine' })
    expect(seen).toEqual(['GET', 'GET'])
    breaks = 1
    expect(await send(box, { method: 'POST', body: 'x' })).toMatchObject({ status: 502 })
    expect(seen).toEqual(['GET', 'GET', 'POST'])
  })
})

describe('the time a caller gives', () => {
  const silent: RequestListener = () => undefined

  it('ends the request everywhere with an honest error', async () => {
    let cancelled: Promise<unknown> = Promise.resolve()
    const { ai } = await startPair((request) => void (cancelled = once(request.socket, 'close')), echo)
    const answer = await soon(send(ai, { headers: { 'x-fcn-timeout': '100' } }))
    expect(answer).toMatchObject({ status: 504, headers: { 'x-fcn-error': 'timeout' } })
    await soon(cancelled)
  })

  it('is passed on with what is left of it', async () => {
    const { a, urls } = await startPair(silent, silent)
    let passed: string | undefined
    const peer = await startBackend((request, response) => {
      passed = String(request.headers['x-fcn-timeout'])
      response.end()
    })
    onTestFinished(peer.stop)
    urls.set(nodeB, peer.url)
    await send(`${a.url}/capabilities/any/ai/`, { headers: { 'x-fcn-timeout': '60000' } })
    expect(Number(passed)).toBeGreaterThan(50_000)
    expect(Number(passed)).toBeLessThanOrEqual(60_000)
  })

  it.each(['0', '-1', 'soon', '1.5', '99999999999'])('cannot be %s', async (value) => {
    const { ai } = await startPair(echo, echo)
    expect(await send(ai, { headers: { 'x-fcn-timeout': value } })).toMatchObject({
      status: 400,
      headers: { 'x-fcn-error': 'invalid_input' },
    })
  })
})

describe('a body that is asked for first (100-continue)', () => {
  it('is not sent when nobody can serve', async () => {
    const { a } = await startPair(echo, echo)
    const request = httpRequest(`${a.url}/capabilities/any/storage/`, {
      ...{ method: 'PUT', headers: { expect: '100-continue', 'content-length': '4' }, agent: false },
    })
    let asked = false
    request.on('continue', () => (asked = true)).flushHeaders()
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    expect(answer.statusCode).toBe(503)
    expect(asked).toBe(false)
    request.destroy()
  })

  it('is sent once, and reaches the second node too', async () => {
    const { ai } = await startPair(busy, echo)
    const request = httpRequest(ai, { method: 'PUT', headers: { expect: '100-continue', 'content-length': '4' }, agent: false })
    let asked = 0
    request.on('continue', () => {
      asked++
      request.end('body')
    })
    request.flushHeaders()
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    expect(JSON.parse(await text(answer))).toMatchObject({ body: 'body' })
    expect(asked).toBe(1)
  })
})

describe('interim answers', () => {
  it('are left out, and without end they are no answer', async () => {
    const early =
      (count: number): RequestListener =>
      (request, response) => {
        for (let sent = 0; sent < count; sent++) request.socket.write('HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n')
        response.end('fine')
      }
    const few = await startPair(early(5), echo)
    expect(await send(few.ai)).toMatchObject({ status: 200, text: 'fine' })
    const many = await startPair(early(50), early(50))
    const answer = await send(many.ai)
    expect(answer.status).toBe(502)
    expect(answer.text).toContain('bad_answer')
  })
})

describe('trailers of an answer', () => {
  it('reach the caller', async () => {
    const { ai } = await startPair((_request, response) => {
      response.writeHead(200, { trailer: 'x-sum' })
      response.write('data')
      response.addTrailers({ 'x-sum': '42' })
      response.end()
    }, echo)
    const request = httpRequest(ai, { agent: false }).end()
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    await text(answer)
    expect(answer.trailers).toEqual({ 'x-sum': '42' })
  })
})
