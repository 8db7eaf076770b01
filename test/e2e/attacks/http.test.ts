import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Identity } from '../../../electron/agent/components.ts'
import { readControlToken } from '../../../electron/agent/store/control-token.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { type EchoService, startEchoService } from '../echo-service.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { type Answer, createAttackers, exchange, requestText } from './attacker.ts'
import { expectLine } from './audit-lines.ts'

let node: NodeProcess
let service: EchoService
let stranger: Identity
let key: string
let cookie: string
const newAttacker = createAttackers(() => node)

beforeAll(async () => {
  ;[node, service, stranger] = await Promise.all([startNode({ name: 'target' }), startEchoService(), createTestIdentity()])
  await node.fcn('create', 'Maple Street')
  await node.fcn('share', 'echo', String(service.port))
  key = ((await node.call('key.show')).body.value as { key: string }).key
})
afterAll(async () => {
  await node?.stop()
  await service?.stop()
})

const own = () => `Host: 127.0.0.1:${node.port}`
const token = () => `Authorization: Bearer ${readControlToken(node.data)}`

describe('a message that two programs would read in two ways', () => {
  const smuggled = 'GET /api/health HTTP/1.1\r\nHost: x\r\n\r\n'
  const bad: [string, (host: string) => string][] = [
    ['a length and chunks', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['chunks and then a length', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n${smuggled}`],
    ['two lengths', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nContent-Length: 0\r\nContent-Length: ${smuggled.length}\r\n\r\n${smuggled}`],
    ['a length with a sign', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nContent-Length: +4\r\n\r\n${smuggled}`],
    ['another coding than chunked', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`],
    ['chunked that is not last', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    ['a chunk with a bad size', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0x4\r\n${smuggled}`],
    ['a folded header', (host) => `GET /api/x HTTP/1.1\r\n${host}\r\nX-A: a\r\n Content-Length: 4\r\n\r\n${smuggled}`],
    ['a space before the colon', (host) => `POST /api/x HTTP/1.1\r\n${host}\r\nContent-Length : 4\r\n\r\n${smuggled}`],
    ['a bare line feed', (host) => `GET /api/x HTTP/1.1\r\n${host}\nX-A: a\r\n\r\n${smuggled}`],
    ['a bare carriage return', (host) => `GET /api/x HTTP/1.1\r\n${host}\r\nX-A: a\rX-B: b\r\n\r\n${smuggled}`],
    ['a zero byte in a header', (host) => `GET /api/x HTTP/1.1\r\n${host}\r\nX-A: a\0b\r\n\r\n${smuggled}`],
    ['nearly the beginning of HTTP/2', () => 'PRI * HTTP/1.1\r\n\r\nSM\r\n\r\n'],
  ] // prettier-ignore

  it.each(bad)('is refused and ends its connection: %s', async (_what, text) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.plain(), text(own()))
    expect(answer.statuses.at(-1)).toBe(400)
    expect(answer.statuses).not.toContain(200)
    await expectLine(node, { action: 'connection.refused', code: 'invalid_input', address: attacker.address })
  })

  it.each(bad.slice(0, 3))('is refused over TLS as well: %s', async (_what, text) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.tls(stranger.tls), text(own()))
    expect(answer.statuses.at(-1)).toBe(400)
    expect(answer.statuses).not.toContain(200)
    await expectLine(node, { action: 'connection.refused', code: 'invalid_input', address: attacker.address })
  })

  it.each([
    ['two hosts', 'GET /services/any/any/echo/', () => [own(), 'Host: evil.test']],
    ['no host', 'GET /services/any/any/echo/', () => []],
    ['an address that names a host', 'GET http://127.0.0.1/local/v1/events', () => [own(), token()]],
    ['an address that names another host', 'GET http://evil.test/services/any/any/echo/', () => [own()]],
    ['an asterisk', 'OPTIONS *', () => [own()]],
  ])('is refused before anybody looks at it: %s', async (_what, line, headers) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.plain(), requestText(line, headers()))
    expect(answer).toMatchObject({ statuses: [400], code: 'invalid_input' })
    await expectLine(node, { action: 'request.refused', code: 'invalid_input', address: attacker.address })
  })

  it('does not get a second key past the check', async () => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.plain(), requestText('GET /api/services', [own(), 'X-API-Key: x', `X-API-Key: ${key}`]))
    expect(answer.statuses).toEqual([401])
    await expectLine(node, { action: 'key.refused', code: 'unauthorized', address: attacker.address })
  })
})

describe('headers that are too large', () => {
  const large = () => requestText('GET /api/health', [own(), `X-Big: ${'a'.repeat(100_000)}`])

  it.each(['plain', 'tls'] as const)('are refused: %s', async (protocol) => {
    const attacker = newAttacker()
    const socket = protocol === 'plain' ? attacker.plain() : attacker.tls(stranger.tls)
    const { statuses } = await exchange(socket, large())
    expect([[431], []]).toContainEqual(statuses) // the answer may be lost behind the reset that the unread rest causes
    await expectLine(node, { action: 'connection.refused', code: 'too_large', address: attacker.address })
  })
})

describe('a path that climbs out of its folder', () => {
  const climbs = ['../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd', '.%2e/etc/passwd', '..%5c..%5cetc%5cpasswd', '..\\..\\etc\\passwd', 'a/../../etc/passwd'] // prettier-ignore

  it.each(climbs)('is refused below a service: %s', async (path) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.plain(), requestText(`GET /services/any/any/echo/${path}`, [own()]))
    expect(answer).toMatchObject({ statuses: [400], code: 'invalid_input' })
    await expectLine(node, { action: 'request.refused', code: 'invalid_input', address: attacker.address })
  })

  it.each(climbs)('is refused on the page, also with a session: %s', async (path) => {
    const attacker = newAttacker()
    cookie ??= await session()
    const answer = await exchange(attacker.plain(), requestText(`GET /${path}`, [own(), `Cookie: ${cookie}`, 'Accept: text/html']))
    expect(answer).toMatchObject({ statuses: [400], code: 'invalid_input' })
    await expectLine(node, { action: 'request.refused', code: 'invalid_input', address: attacker.address })
  })
})

describe('a request that a web page brought here', () => {
  const asks: [string, string][] = [
    ['a call', 'POST /local/v1/key.show'],
    ['the page', 'GET /'],
    ['a service', 'GET /services/any/any/echo/'],
    ['a link', 'GET /open/AAAAAAAAAAAAAAAAAAAAAA'],
  ]

  it.each(asks)('is refused when it came by another name (rebinding): %s', async (_what, line) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.plain(), requestText(line, [`Host: evil.test:${node.port}`, token()], '{}'))
    expect(answer).toMatchObject({ statuses: [403], code: 'forbidden' })
    await expectLine(node, { action: 'request.refused', code: 'forbidden', address: attacker.address })
  })

  it.each([
    ['a call from a page of no origin', 'POST /local/v1/key.show', ['Origin: null']],
    ['a call from another port', 'POST /local/v1/key.show', ['Origin: http://127.0.0.1:1']],
    ['a call without an origin from elsewhere', 'POST /local/v1/key.show', ['Sec-Fetch-Site: cross-site']],
    ['a service from a page of no origin', 'GET /services/any/any/echo/', ['Origin: null']],
    ['a service from elsewhere', 'GET /services/any/any/echo/', ['Origin: https://evil.test']],
    ['a WebSocket of a service', 'GET /services/any/any/echo/', ['Origin: https://evil.test', 'Upgrade: websocket', 'Connection: Upgrade']],
  ])('is refused although it has the session: %s', async (_what, line, headers) => {
    const attacker = newAttacker()
    cookie ??= await session()
    const body = line.startsWith('POST') ? '{}' : ''
    const answer = await exchange(attacker.plain(), requestText(line, [own(), `Cookie: ${cookie}`, ...headers], body))
    expect(answer).toMatchObject({ statuses: [403], code: 'forbidden' })
    await expectLine(node, { action: 'request.refused', code: 'forbidden', address: attacker.address })
  })
})

describe('guessing', () => {
  const tries = async (line: string, header: (guess: string) => string, right: string) => {
    const attacker = newAttacker()
    const answers: Answer[] = []
    for (let count = 0; count < 12; count++) {
      answers.push(await exchange(attacker.plain(), requestText(line, [own(), header(`guess-${count}`)])))
    }
    expect(answers.map(({ statuses }) => statuses[0])).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
    await expectLine(node, { action: 'key.refused', code: 'unauthorized', address: attacker.address })
    await expectLine(node, { action: 'request.refused', code: 'too_many', address: attacker.address })
    return exchange(attacker.plain(), requestText(line, [own(), header(right)]))
  }

  it('the API key ends after ten wrong ones, but never shuts out the right one', async () => {
    expect((await tries('GET /api/services', (guess) => `X-API-Key: ${guess}`, key)).statuses).toEqual([200])
  })

  it('the control token ends after ten wrong ones, but does not lock the owner out', async () => {
    const right = readControlToken(node.data) ?? ''
    const answer = await tries('GET /local/v1/nothing', (guess) => `Authorization: Bearer ${guess}`, right)
    expect(answer.statuses).toEqual([404])
  })
})

describe('a one-time link', () => {
  it('opens the page once; whoever comes second is refused, and both are written down', async () => {
    const attacker = newAttacker()
    const { pathname } = new URL(((await node.call('page.link')).body.value as { url: string }).url)
    const open = () => exchange(attacker.plain(), requestText(`GET ${pathname}`, [own(), 'Accept: text/html']))
    expect((await open()).statuses).toEqual([303])
    await expectLine(node, { action: 'page.opened' })
    expect((await open()).statuses).toEqual([410])
    await expectLine(node, { action: 'request.refused', code: 'expired', address: attacker.address })
  })
})

describe('after all this', () => {
  it('the chain of the audit log holds, and it has no key, token or guess in it', async () => {
    expect((await node.call('audit.verify')).body.value).toMatchObject({ ok: true })
    const text = JSON.stringify((await node.call('audit.list', { limit: 1000 })).body.value)
    for (const secret of [key, readControlToken(node.data) ?? '', cookie, 'guess-', 'etc/passwd']) expect(text).not.toContain(secret)
  })
})

/** The cookie of a browser that was let in. */
async function session(): Promise<string> {
  const { pathname } = new URL(((await node.call('page.link')).body.value as { url: string }).url)
  const socket = newAttacker().plain()
  await once(socket, 'connect')
  const { text } = await exchange(socket, requestText(`GET ${pathname}`, [own()]))
  return /set-cookie: (?<pair>[^;]+)/iu.exec(text)?.groups?.['pair'] ?? ''
}
