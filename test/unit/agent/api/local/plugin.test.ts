import { mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { request } from 'undici'
import { createFailedAttempts } from '../../../../../electron/agent/api/failed-attempts.ts'
import { createLocalGuard } from '../../../../../electron/agent/api/local/guard.ts'
import { createApiServer, type ApiServer } from '../../../../../electron/agent/api/server.ts'
import { localApi } from '../../../../../electron/agent/api/local/plugin.ts'
import { createSessions, type Sessions } from '../../../../../electron/agent/api/local/session.ts'
import type { Node } from '../../../../../electron/agent/node.ts'
import type { CallResult } from '../../../../../electron/contract/calls.ts'
import type { Change } from '../../../../../electron/contract/patch.ts'
import type { Snapshot } from '../../../../../electron/contract/snapshot.ts'
import { settings as settingsSchema } from '../../../../../electron/contract/settings.ts'
import { createEmitter } from '../../../../../electron/agent/support/signal.ts'
import { systemRandom } from '../../../../../electron/agent/support/random.ts'
import { systemClock } from '../../../../../electron/agent/support/clock.ts'
import { createFakeClock, type FakeClock } from '../../../../fakes/fake-clock.ts'
import { controlProof } from '../../../../../electron/agent/store/control-proof.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'
import { createKeptRefusals } from '../../../../fakes/kept-refusals.ts'
import { tempDir } from '../../../../fakes/temp-dir.ts'
import { createTestIdentity } from '../../../../fakes/test-identity.ts'

const token = 'control-token-of-this-test'
let server: ApiServer
let sessions: Sessions
let clock: FakeClock
let base: string
let pageDir: string
let opened: number
let refusals: ReturnType<typeof createKeptRefusals>
const changes = createEmitter<Change>()
const asked: { name: string; input: unknown }[] = []

const node: Pick<Node, 'call' | 'snapshot' | 'changes'> = {
  changes,
  snapshot: () => ({ epoch: 'e1', revision: 7 }) as Snapshot,
  call: async (name, input) => {
    asked.push({ name, input })
    if (name === 'mesh.list') return { ok: false, error: { code: 'busy', message: 'Busy.' } }
    return { ok: true, value: { key: 'k' } } as CallResult<typeof name>
  },
}

beforeEach(async () => {
  pageDir = tempDir()
  await writeFile(join(pageDir, 'index.html'), '<h1>page</h1>')
  await writeFile(join(pageDir, 'app.js'), 'let x')
  await mkdir(join(pageDir, 'assets'))
  await writeFile(join(pageDir, 'assets/index-B1kkfW84.js'), 'let y')
  asked.length = 0
  opened = 0
  refusals = createKeptRefusals()
  clock = createFakeClock()
  sessions = createSessions(
    { clock, random: systemRandom, opened: () => (opened += 1) },
    { token, nodeId: 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ' },
  )
  const attempts = createFailedAttempts({ clock })
  const settings = { get: () => settingsSchema.parse({ name: 'me' }) }
  const guard = createLocalGuard({ sessions, attempts, apiKey: { matches: () => false }, settings }, { token })
  const components = { node, guard, sessions, attempts, clock, log: createKeptLog() }
  server = createApiServer(
    { identity: await createTestIdentity(), clock: systemClock, log: createKeptLog(), refusals, trusts: () => false },
    {
      port: 0,
      host: '127.0.0.1',
      limits: { closing: 100 },
      routes: {
        plain: (app) => void app.register(localApi(components, { token, pageDir })),
        peer: () => undefined,
      },
    },
  )
  await server.start()
  base = `http://127.0.0.1:${server.listener()?.port}`
})
afterEach(() => server.stop())

const bearer = { authorization: `Bearer ${token}` }
const call = async (headers: Record<string, string>, name = 'key.show', body = '{}') => {
  const answer = await request(`${base}/local/v1/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return { status: answer.statusCode, headers: answer.headers, body: (await answer.body.json()) as Record<string, unknown> }
}
const cookieFrom = () => sessions.cookie().split(';')[0] ?? ''

describe('calls', () => {
  it('pass input and value through', async () => {
    expect(await call(bearer, 'key.show', '{"a":1}')).toMatchObject({ status: 200, body: { value: { key: 'k' } } })
    expect(asked).toEqual([{ name: 'key.show', input: { a: 1 } }])
  })

  it('need no body', async () => {
    const answer = await request(`${base}/local/v1/key.show`, { method: 'POST', headers: bearer })
    expect(answer.statusCode).toBe(200)
    expect(asked).toEqual([{ name: 'key.show', input: {} }])
  })

  it('answer a failure with the status of the error table', async () => {
    expect(await call(bearer, 'mesh.list')).toMatchObject({ status: 503, body: { error: { code: 'busy' } } })
  })

  it('answer malformed JSON in the same shape', async () => {
    expect(await call(bearer, 'key.show', '{')).toMatchObject({ status: 400, body: { error: { code: 'invalid_input' } } })
  })

  it('that do not exist are not found', async () => {
    expect(await call(bearer, 'no.such')).toMatchObject({ status: 404, body: { error: { code: 'not_found' } } })
    expect((await request(`${base}/local/v1/key.show`, { headers: bearer })).statusCode).toBe(405)
  })
})

describe('the guard', () => {
  it('lets in a session cookie', async () => {
    expect(await call({ cookie: `other=1; ${cookieFrom()}` })).toMatchObject({ status: 200 })
  })

  it.each([
    ['no token', {}, 401],
    ['a wrong token', { authorization: 'Bearer wrong' }, 401],
    ['a forged cookie', { cookie: 'fcn_K7QDM3X=99999999999999.AAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }, 401],
    ['another Host', { ...bearer, host: 'evil.example:3000' }, 403],
    ['another Origin', { ...bearer, origin: 'http://evil.example' }, 403],
    ['a sandboxed page', { ...bearer, origin: 'null' }, 403],
    ['a page on another port of this machine', { ...bearer, 'sec-fetch-site': 'same-site' }, 403],
  ])('refuses %s', async (_name, headers, status) => {
    expect(await call(headers)).toMatchObject({ status })
    expect(asked).toEqual([])
  })

  it('accepts its own origin', async () => {
    expect(await call({ ...bearer, origin: base, 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 })
  })

  it('answers no more wrong tokens after ten, while the owner, whose programs have the same address, is not locked out', async () => {
    for (let attempt = 0; attempt < 10; attempt++) expect(await call({ authorization: 'Bearer wrong' })).toMatchObject({ status: 401 })
    const refused = await call({ authorization: 'Bearer wrong' })
    expect(refused).toMatchObject({ status: 429, headers: { 'retry-after': '10' }, body: { error: { code: 'too_many' } } })
    expect(await call(bearer)).toMatchObject({ status: 200 })
    await clock.advance(10_000)
    expect(await call({ authorization: 'Bearer wrong' })).toMatchObject({ status: 401 })
  })
})

describe('events', () => {
  it('begin with hello and carry every change after it', async () => {
    const answer = await request(`${base}/local/v1/events`, { headers: bearer })
    expect(answer.headers['content-type']).toContain('text/event-stream')
    const chunks = answer.body[Symbol.asyncIterator]()
    const next = async () => String(((await chunks.next()) as { value: Buffer }).value)
    expect(await next()).toBe('event: hello\ndata: {"epoch":"e1","revision":7}\n\n')
    changes.emit({ epoch: 'e1', revision: 8, patches: [] })
    expect(await next()).toBe('event: change\ndata: {"epoch":"e1","revision":8,"patches":[]}\n\n')
    await clock.advance(15_000)
    expect(await next()).toBe(': still here\n\n')
    await server.stop()
    expect((await chunks.next()).done).toBe(true)
    expect(clock.pending).toBe(0)
  })

  it('disconnect a reader that falls too far behind', async () => {
    const answer = await request(`${base}/local/v1/events`, { headers: bearer })
    const big = 'x'.repeat(1024 * 1024)
    for (let revision = 8; revision < 40; revision++) {
      changes.emit({ epoch: 'e1', revision, patches: [{ op: 'put', key: 'peers', id: 'a', value: big }] })
    }
    await expect(answer.body.text()).rejects.toThrow(/terminated|aborted|closed/iu)
  })
})

describe('the page', () => {
  const html = { accept: 'text/html' }

  it('is closed without a session and says how to get in', async () => {
    const answer = await request(`${base}/`, { headers: html })
    expect(answer.statusCode).toBe(401)
    expect(await answer.body.text()).toContain('fcn open')
  })

  it('opens with a one-time link, once', async () => {
    const { code } = sessions.createCode()
    const first = await request(`${base}/open/${code}`, { headers: html })
    expect([first.statusCode, first.headers['location']]).toEqual([303, '/'])
    const cookie = String(first.headers['set-cookie'])
    expect(cookie).toMatch(/^fcn_K7QDM3X=.*; HttpOnly; SameSite=Strict$/u)
    const page = await request(`${base}/`, { headers: { ...html, cookie: cookie.split(';')[0] ?? '' } })
    expect([page.statusCode, await page.body.text()]).toEqual([200, '<h1>page</h1>'])
    expect((await request(`${base}/open/${code}`)).statusCode).toBe(410)
    expect((await request(`${base}/open/${code}`, { headers: html })).statusCode).toBe(410)
    expect(opened).toBe(1)
    expect(refusals.lines.map(({ details }) => details['code'])).toEqual(['expired', 'expired'])
  })

  it('has strict headers and answers its own addresses with itself, files with files, the rest with 404', async () => {
    const headers = { ...html, cookie: cookieFrom() }
    const screen = await request(`${base}/peers/some-id`, { headers })
    expect(await screen.body.text()).toBe('<h1>page</h1>')
    expect(screen.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' })
    expect(screen.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'")
    const file = await request(`${base}/app.js`, { headers })
    expect(await file.body.text()).toBe('let x')
    expect((await request(`${base}/nothing.js`, { headers })).statusCode).toBe(404)
  })

  it('lets browsers keep files whose names change with what is in them, and ask again for all others', async () => {
    const keptFor = async (path: string) => {
      const { headers, body } = await request(`${base}${path}`, { headers: { cookie: cookieFrom(), accept: 'text/html' } })
      await body.dump()
      return headers['cache-control'] ?? null
    }
    expect(await keptFor('/assets/index-B1kkfW84.js')).toBe('public, max-age=31536000, immutable')
    expect(await keptFor('/app.js')).toBe('public, max-age=0')
    expect(await keptFor('/')).toBeNull()
  })

  it.each([
    ['/..%2f..%2fetc%2fpasswd.x', 400],
    ['/%2e%2e/%2e%2e/etc/passwd.x', 400],
    ['/../../etc/passwd.x', 400],
    ['/a%5c..%5cb.js', 400],
    ['/a%00.js', 404],
    ['//app.x', 400],
    ['/.env', 404],
    ['/.git/config.x', 404],
  ])('has nothing at %s, and says %i', async (path, status) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1')
    socket.write(`GET ${path} HTTP/1.1\r\nHost: ${new URL(base).host}\r\nCookie: ${cookieFrom()}\r\nConnection: close\r\n\r\n`)
    expect((await text(socket)).slice(0, 13)).toBe(`HTTP/1.1 ${status} `)
  })
})

describe('the proof of the control token', () => {
  const ask = async (challenge: string, headers: Record<string, string> = {}) => {
    const answer = await request(`${base}/local/v1/proof/${challenge}`, { headers })
    return { status: answer.statusCode, body: (await answer.body.json()) as { proof?: string } }
  }
  const challenge = 'c'.repeat(43)

  it('is given without one, for this challenge and this port only', async () => {
    const { status, body } = await ask(challenge)
    expect([status, body.proof]).toEqual([200, controlProof(token, challenge, Number(new URL(base).port))])
    expect(body.proof).not.toBe((await ask('d'.repeat(43))).body.proof)
  })

  it('is not given to another name of this machine, nor for what is no challenge', async () => {
    expect((await ask(challenge, { host: 'evil.example' })).status).toBe(403)
    for (const odd of ['short', `${'c'.repeat(43)}x`, '%20'.repeat(14)]) expect((await ask(odd)).status).toBe(400)
  })
})
