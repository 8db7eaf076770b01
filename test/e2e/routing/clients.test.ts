import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect as connectHttp2, type IncomingHttpHeaders } from 'node:http2'
import { json } from 'node:stream/consumers'
import type { Browser } from 'playwright-core'
import { Pool, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { eventually } from '../../support/eventually.ts'
import { soon } from '../../support/soon.ts'
import { launchBrowser } from '../browser.ts'
import { type AppService, type Heard, startAppService } from './app-service.ts'
import { type Nginx, noNginx, startNginx } from './nginx.ts'
import { type ServingMesh, startServingMesh } from './serving-mesh.ts'

const mebibyte = 2 ** 20

/** Two ways to the same program; with nginx before it as people do. */
const ways = [
  { name: 'a program', service: 'app', prefix: '', why: null },
  { name: 'a program behind a real nginx', service: 'web', prefix: '/app', why: noNginx },
]

let mesh: ServingMesh
let app: AppService
let nginx: Nginx | undefined
let browser: Browser

beforeAll(async () => {
  ;[mesh, app, browser] = await Promise.all([startServingMesh(), startAppService(), launchBrowser()])
  await mesh.share('app', [app.port])
  if (noNginx !== null) return
  nginx = await startNginx({ app: app.port })
  await mesh.share('web', [nginx.port])
})
afterAll(async () => {
  await browser?.close()
  await mesh?.stop()
  await nginx?.stop()
  await app?.stop()
})

describe.each(ways)('two nodes and $name', ({ service, prefix, why }) => {
  const at = (path: string) => mesh.at(service, prefix + path)
  const options = { skip: why !== null }

  it('give `ws` a connection for messages of every size, both ways', options, async () => {
    const socket = new WebSocket(at('/socket').replace('http:', 'ws:'))
    await once(socket, 'open')
    for (const size of [0, 1, 125, 126, 65_535, 65_536, mebibyte]) {
      const message = randomBytes(size)
      socket.send(message)
      const [echo, binary] = (await soon(once(socket, 'message'))) as [Buffer, boolean]
      expect([binary, echo.equals(message)]).toEqual([true, true])
    }
    socket.close(4_000, 'enough')
    expect(await soon(once(socket, 'close'))).toMatchObject([4_000, Buffer.from('enough')])
  })

  it('keep a ping and its pong apart from messages', options, async () => {
    const socket = new WebSocket(at('/socket').replace('http:', 'ws:'))
    await once(socket, 'open')
    socket.ping('are you there?')
    expect(await soon(once(socket, 'pong'))).toEqual([Buffer.from('are you there?')])
    socket.terminate()
  })

  it('answer a hundred requests of undici, each with its own', options, async () => {
    const pool = new Pool(mesh.caller.url, { connections: 10, pipelining: 4 })
    const bodies = Array.from({ length: 100 }, (_, index) => randomBytes(index * 997))
    const answers = await Promise.all(
      bodies.map(async (body) => {
        const answer = await pool.request({ method: 'PUT', path: new URL(at('/')).pathname, body })
        return (await answer.body.json()) as Heard
      }),
    )
    expect(answers.map(({ sha256 }) => sha256)).toEqual(bodies.map((body) => createHash('sha256').update(body).digest('hex')))
    await pool.close()
  })

  it('give an EventSource of Chromium each event when it is sent', options, async () => {
    const page = await browser.newPage()
    await page.goto(`${mesh.caller.url}/api/health`)
    await page.evaluate((url) => {
      const events: string[] = []
      Object.assign(globalThis, { events })
      new EventSource(url).addEventListener('message', ({ data }) => void events.push(String(data)))
    }, at('/events'))
    await eventually('the stream is open', () => app.listeners() === 1)
    const heard = () => page.evaluate(() => (globalThis as unknown as { events: string[] }).events)
    for (const text of ['one', 'two', 'three']) {
      app.tick(text) // the next one is sent when this one is there: nothing in between may collect them
      await eventually(`“${text}” arrives`, async () => (await heard()).at(-1) === text, 3_000)
    }
    expect(await heard()).toEqual(['one', 'two', 'three'])
    await page.close()
    await eventually('the stream is closed', () => app.listeners() === 0, 3_000)
  })

  it('pass an event on within a moment', options, async () => {
    const stream = await request(at('/events'))
    await eventually('the stream is open', () => app.listeners() === 1)
    const took: number[] = []
    for (let count = 0; count < 20; count++) {
      const began = performance.now()
      app.tick(String(count))
      await soon(once(stream.body, 'data'))
      took.push(performance.now() - began)
    }
    stream.body.on('error', () => undefined).destroy() // the end that is wanted
    expect(Math.min(...took)).toBeLessThan(50) // a timer that collects would show in all of them
    await eventually('the stream is closed', () => app.listeners() === 0, 3_000)
  })
})

describe('trailers', () => {
  const upload = async (path: string) => {
    const headers = { trailer: 'X-Sum, Authorization', 'transfer-encoding': 'chunked' }
    const out = httpRequest(mesh.at('app', path), { method: 'POST', headers })
    out.write('hello')
    out.addTrailers({ 'X-Sum': 'abc', Authorization: 'Bearer smuggled', 'X-Unannounced': 'yes' })
    out.end()
    const [answer] = (await once(out, 'response')) as [IncomingMessage]
    return { heard: (await json(answer)) as Heard, answer }
  }

  it('of a request pass both nodes when they are announced and may be trailers (RFC 9110, 6.5)', async () => {
    const { heard, answer } = await upload('/')
    expect(heard).toMatchObject({ bytes: 5, trailers: { 'x-sum': 'abc' } })
    expect([Object.keys(heard.trailers), heard.headers.trailer, answer.headers['x-fcn-path']]).toEqual([['x-sum'], 'x-sum', 'direct'])
  })

  it('of an answer reach the caller, also of a request that has some', async () => {
    const { heard, answer } = await upload('/trailers')
    expect(answer.trailers).toEqual({ 'x-sum': heard.sha256 })
    expect(heard.trailers).toEqual({ 'x-sum': 'abc' })
  })

  it('pass both ways for a program that speaks HTTP/2', async () => {
    const session = connectHttp2(mesh.caller.url)
    const path = new URL(mesh.at('app', '/trailers')).pathname
    const out = session.request({ ':method': 'POST', ':path': path, trailer: 'x-sum' }, { waitForTrailers: true })
    out.on('wantTrailers', () => out.sendTrailers({ 'x-sum': 'abc' })).end('hello')
    const ended = once(out, 'trailers')
    const heard = (await json(out)) as Heard
    const [trailers] = (await ended) as [IncomingHttpHeaders]
    expect([heard.trailers, trailers['x-sum']]).toEqual([{ 'x-sum': 'abc' }, heard.sha256])
    session.close()
  })
})
