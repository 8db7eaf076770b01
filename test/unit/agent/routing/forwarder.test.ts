import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBackend } from '../../../fakes/backend.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { type Answer, echo, send, startHousehold } from '../../../fakes/household.ts'
import { apiKey, meshId, nodeA, nodeB, service, startRouterNode } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'

describe('a routed request', () => {
  it('reaches the service of a peer with method, path, query, headers and body as sent', async () => {
    const { box } = await startHousehold(echo)
    const answer = await send(`${box}/a%2Fb/%C3%BC;x=1?q=%20&r`, { method: 'PATCH', headers: { 'x-mine': 'yes' }, body: 'hello' })
    expect(JSON.parse(answer.text)).toMatchObject({
      method: 'PATCH',
      url: '/a%2Fb/%C3%BC;x=1?q=%20&r',
      headers: { 'x-mine': 'yes' },
      body: 'hello',
    })
  })

  it('passes every method on', async () => {
    const { box } = await startHousehold(echo)
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND', 'MKCOL', 'REPORT', 'PURGE', 'QUERY']) {
      expect(JSON.parse((await send(box, { method })).text)).toMatchObject({ method, url: '/' })
    }
  })

  it('says which node served by which path, in what time, under which request id', async () => {
    const { box } = await startHousehold(echo)
    const { headers } = await send(box, { headers: { 'x-request-id': 'mine-1' } })
    expect(headers).toMatchObject({ 'x-fcn-node': nodeB, 'x-fcn-path': 'direct', 'x-request-id': 'mine-1' })
    expect(headers['server-timing']).toMatch(/^fcn-serve;dur=[\d.]+, fcn-route;dur=[\d.]+$/u)
    expect(headers.via).toBe(`1.1 fcn-${nodeB}, 1.1 fcn-${nodeA}`)
  })

  it('makes a request id where there is none, and one for all hops', async () => {
    const { box } = await startHousehold(echo)
    const { headers, text } = await send(box)
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/u)
    expect(JSON.parse(text)).toMatchObject({ headers: { 'x-request-id': headers['x-request-id'] } })
  })

  it('may say that its body is empty, whatever the method', async () => {
    const { box } = await startHousehold(echo)
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await send(box, { method, headers: { 'content-length': '0' } })).toMatchObject({ status: 200 })
    }
  })

  it('is not followed through redirects', async () => {
    const { box } = await startHousehold((_request, response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end())
    expect(await send(box)).toMatchObject({ status: 302, headers: { location: 'http://192.0.2.1/' } })
  })

  it('keeps the node’s own credentials, and passes those of the service', async () => {
    const { box } = await startHousehold(echo)
    const mine = { 'x-api-key': apiKey, authorization: `Bearer ${apiKey}`, cookie: 'fcn_AAAAAAA=secret; theirs=1' }
    expect(JSON.parse((await send(box, { headers: mine })).text).headers).toMatchObject({ cookie: 'theirs=1' })
    expect((await send(box, { headers: mine })).text).not.toMatch(/secret|the-api-key/u)
    const theirs = { 'x-api-key': 'of the service', authorization: 'Bearer other' }
    expect(JSON.parse((await send(box, { headers: theirs })).text).headers).toMatchObject(theirs)
  })

  it('carries no hop-by-hop header either way, nor one that Connection names', async () => {
    const { box } = await startHousehold((request, response) => {
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
    const { box } = await startHousehold((_request, response) =>
      response.writeHead(200, { 'content-security-policy': "default-src 'self'" }).end(),
    )
    expect((await send(box)).headers['content-security-policy']).toMatch(/^default-src 'self', sandbox (?!.*allow-same-origin)/u)
  })

  it('answers HEAD, 204 and 304 without a body and keeps the connection usable', async () => {
    const { box } = await startHousehold((request, response) => {
      if (request.url === '/204') response.writeHead(204).end()
      else if (request.url === '/304') response.writeHead(304, { etag: '"1"' }).end()
      else response.writeHead(200, { 'content-length': 5 }).end(request.method === 'HEAD' ? undefined : 'hello')
    })
    expect(await send(box, { method: 'HEAD' })).toMatchObject({ status: 200, headers: { 'content-length': '5' }, text: '' })
    expect(await send(`${box}/204`)).toMatchObject({ status: 204, text: '' })
    expect(await send(`${box}/304`)).toMatchObject({ status: 304, headers: { etag: '"1"' }, text: '' })
  })

  it('answers Expect: 100-continue and sends the body on', async () => {
    const { box } = await startHousehold(echo)
    const request = httpRequest(box, { method: 'POST', headers: { expect: '100-continue', 'content-length': '4' }, agent: false })
    request.flushHeaders()
    await soon(once(request, 'continue'))
    request.end('body')
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    expect(await json(answer)).toMatchObject({ body: 'body' })
  })

  it('is refused when it comes back to a node it has passed', async () => {
    const { box } = await startHousehold(echo)
    for (const via of [`1.1 fcn-${nodeA}`, `1.1 x, 1.1 fcn-${nodeB} (again)`, Array(8).fill('1.1 fcn-other').join(', ')]) {
      const answer = await send(box, { headers: { via } })
      expect(answer).toMatchObject({ status: 508, headers: { 'x-fcn-error': 'loop' } })
      expect(JSON.parse(answer.text)).toMatchObject({ code: 'loop' })
    }
  })

  it('is accounted on the serving node in one line per peer and service', async () => {
    const { box, b } = await startHousehold(echo)
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
    onTestFinished(async () => void (await Promise.all([transport.stop(), a.stop(), backend.stop()])))
    const answer = await send(`${a.url}/services/any/desk/app/x?y`)
    expect(answer.headers).toMatchObject({ 'x-fcn-node': nodeA, 'x-fcn-path': 'local' })
    expect(JSON.parse(answer.text)).toMatchObject({ url: '/folder/x?y' })
    expect((await send(`${a.url}/services/any/desk/app/..%2Fsecret`)).status).toBe(400)
    expect(JSON.parse((await send(`${a.url}/capabilities/Home/ai/v1/models`)).text)).toMatchObject({ url: '/v1/models' })
    expect((await send(`${a.url}/capabilities/any/storage/`)).status).toBe(503)
  })

  it('is off for peers when it is off', async () => {
    const { b } = await startHousehold(echo)
    const answer = await send(`${b.peerUrl}/peer/v1/capabilities/${meshId}/ai/`, { headers: { 'x-test-caller': nodeA } })
    expect(JSON.parse(answer.text)).toMatchObject({ code: 'capability_off' })
  })

  it('does not hear from peers whose address a request claims to be from', async () => {
    const { box } = await startHousehold(echo)
    const { headers } = JSON.parse(
      (await send(box, { headers: { 'x-forwarded-for': '127.0.0.1', forwarded: 'for=127.0.0.1' } })).text,
    ) as Answer
    expect(headers).toMatchObject({ 'x-fcn-caller': nodeA })
    for (const name of ['x-forwarded-for', 'forwarded']) expect(headers).not.toHaveProperty(name)
  })
})
