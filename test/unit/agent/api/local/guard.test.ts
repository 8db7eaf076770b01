import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createFailedAttempts } from '../../../../../electron/agent/api/failed-attempts.ts'
import { createLocalGuard } from '../../../../../electron/agent/api/local/guard.ts'
import type { Caller } from '../../../../../electron/agent/components.ts'
import { settings } from '../../../../../electron/contract/settings.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

const local: Caller = { kind: 'plain', address: '127.0.0.1', loopback: true }
const port = 3000
const key = 'the-api-key'
const token = 'the-control-token'
const session = 'fcn_K7QDM3X=good'

function open({ localUseNeedsKey = false } = {}) {
  const clock = createFakeClock()
  const guard = createLocalGuard(
    {
      sessions: { isValid: (cookie) => cookie === session },
      attempts: createFailedAttempts({ clock }),
      apiKey: { matches: (candidate) => candidate === key },
      settings: { get: () => settings.parse({ name: 'me', localUseNeedsKey }) },
    },
    { token },
  )
  const use = (headers: Record<string, string>, caller = local) => codeOf(() => guard.checkUse(request(headers), caller))
  const control = (headers: Record<string, string>, caller = local) => codeOf(() => guard.checkControl(request(headers), caller))
  return { clock, guard, use, control }
}

const request = (headers: Record<string, string>, method = 'GET') =>
  ({ headers, method, rawHeaders: Object.entries(headers).flat(), socket: { localPort: port } }) as unknown as IncomingMessage

function codeOf(check: () => void): string {
  try {
    check()
    return 'ok'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const host = 'localhost:3000'
const authorization = `Bearer ${token}`

describe('use by programs', () => {
  it.each(['localhost', 'localhost:3000', 'localhost:8080', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000', 'photos.localhost:3000'])(
    'is open for Host %s',
    (name) => expect(open().use({ host: name })).toBe('ok'),
  )

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'evil-localhost',
    '10.0.0.1',
    '',
    'localhost:3000@evil',
    '[::2]',
  ])('is closed for Host %s', (name) => expect(open().use({ host: name })).toBe('forbidden'))

  it('is open for pages of this machine and for no page, closed for all others', () => {
    const { use } = open()
    expect(use({ host, origin: 'http://127.0.0.1:5173', 'sec-fetch-site': 'cross-site' })).toBe('ok')
    for (const site of ['same-origin', 'same-site', 'none']) expect(use({ host, 'sec-fetch-site': site })).toBe('ok')
    expect(use({ host, 'sec-fetch-site': 'cross-site' })).toBe('forbidden')
    for (const origin of ['null', 'https://evil.example', 'http://localhost.evil.example', 'file://', 'http://localhost/x', '']) {
      expect([origin, use({ host, origin })]).toEqual([origin, 'forbidden'])
    }
  })

  it('is open for what the sandboxed page of a service shows, and for nothing else that crosses sites', () => {
    const { guard, use } = open()
    const crossing = { host, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }
    for (const destination of ['style', 'image', 'script', 'font']) expect(use({ ...crossing, 'sec-fetch-dest': destination })).toBe('ok')
    for (const destination of ['empty', 'document', 'iframe', 'object', 'embed', 'worker', 'serviceworker', 'report', '']) {
      expect([destination, use({ ...crossing, 'sec-fetch-dest': destination })]).toEqual([destination, 'forbidden'])
    }
    expect(use({ ...crossing, 'sec-fetch-dest': 'image', 'sec-fetch-mode': 'navigate' })).toBe('forbidden')
    expect(use({ ...crossing, 'sec-fetch-dest': 'script', origin: 'null' })).toBe('forbidden')
    expect(codeOf(() => guard.checkUse(request({ ...crossing, 'sec-fetch-dest': 'image' }, 'POST'), local))).toBe('forbidden')
  })

  it('needs the key when the user wants it, in either header, or the session of the node’s own page', () => {
    const { use } = open({ localUseNeedsKey: true })
    expect(use({ host })).toBe('unauthorized')
    expect(use({ host, 'x-api-key': 'wrong' })).toBe('unauthorized')
    expect(use({ host, authorization })).toBe('unauthorized')
    expect(use({ host, 'x-api-key': key })).toBe('ok')
    expect(use({ host, authorization: `Bearer ${key}` })).toBe('ok')
    expect(use({ host, authorization: 'Bearer the-services-own', 'x-api-key': key })).toBe('ok')
    expect(use({ host, cookie: session })).toBe('ok')
    expect(use({ host, cookie: session, origin: 'http://localhost:5173' })).toBe('unauthorized')
    expect(use({ host, cookie: session, 'sec-fetch-site': 'same-site' })).toBe('unauthorized')
    expect(use({ host, 'x-api-key': key, origin: 'https://evil.example' })).toBe('forbidden')
  })

  it('limits wrong keys and never a right one', () => {
    const { use } = open({ localUseNeedsKey: true })
    for (let attempt = 0; attempt < 10; attempt++) expect(use({ host, 'x-api-key': `wrong ${attempt}` })).toBe('unauthorized')
    expect(use({ host, 'x-api-key': 'wrong' })).toBe('too_many')
    expect(use({ host, 'x-api-key': key })).toBe('ok')
  })
})

describe('control', () => {
  it('needs the token or a session, and gives the API key nothing', () => {
    const { control } = open()
    expect(control({ host })).toBe('unauthorized')
    expect(control({ host, 'x-api-key': key })).toBe('unauthorized')
    expect(control({ host, authorization: `Bearer ${key}` })).toBe('unauthorized')
    expect(control({ host, authorization })).toBe('ok')
    expect(control({ host, cookie: session })).toBe('ok')
  })

  it('is closed for every other Host, port and origin, also with the token', () => {
    const { control } = open()
    for (const name of ['evil.example', 'localhost:8080', 'photos.localhost:3000']) {
      expect(control({ host: name, authorization })).toBe('forbidden')
    }
    for (const origin of ['null', 'http://localhost:5173', 'http://127.0.0.1:3000', 'https://localhost:3000']) {
      expect(control({ host, authorization, origin })).toBe('forbidden')
    }
    for (const site of ['cross-site', 'same-site']) expect(control({ host, authorization, 'sec-fetch-site': site })).toBe('forbidden')
  })
})

describe('both', () => {
  it('are closed for other machines, peers and strangers', () => {
    const callers: Caller[] = [
      { kind: 'plain', address: '10.0.0.2', loopback: false },
      { kind: 'anonymous', address: '127.0.0.1' },
      { kind: 'node', id: 'x', publicKey: '', address: '127.0.0.1' },
    ]
    const { use, control } = open()
    for (const caller of callers) {
      expect([use({ host }, caller), control({ host, authorization }, caller)]).toEqual(['forbidden', 'forbidden'])
    }
  })

  it('are closed for a request with two Host headers, or none', () => {
    const { guard } = open()
    for (const rawHeaders of [['Host', host, 'hOST', 'evil.example'], ['Host', host, 'Host', host], []]) {
      const odd = { ...request({ host, authorization }), rawHeaders } as IncomingMessage
      expect(codeOf(() => guard.checkUse(odd, local))).toBe('forbidden')
      expect(codeOf(() => guard.checkControl(odd, local))).toBe('forbidden')
    }
  })
})

describe('models', () => {
  const afar: Caller = { kind: 'plain', address: '192.168.1.9', loopback: false }
  const ask = (headers: Record<string, string>, { caller = local, needsKey = false, method = 'GET', settingsWantKey = false } = {}) =>
    codeOf(() => open({ localUseNeedsKey: settingsWantKey }).guard.checkModels(request(headers, method), caller, { needsKey }))

  it('are open to programs of this computer, unless they are to show the key', () => {
    expect(ask({ host })).toBe('ok')
    for (const wanted of [{ needsKey: true }, { settingsWantKey: true }]) {
      expect(ask({ host }, wanted)).toBe('unauthorized')
      expect(ask({ host, 'x-api-key': key }, wanted)).toBe('ok')
      expect(ask({ host, authorization: `Bearer ${key}` }, wanted)).toBe('ok')
      expect(ask({ host, cookie: session }, wanted)).toBe('ok')
    }
  })

  it('are closed to pages from elsewhere and to names that were pointed here, with the key or without', () => {
    const foreign: Record<string, string>[] = [{ host, origin: 'https://evil.example' }, { host, origin: 'null' }, { host: 'evil.example' }]
    for (const headers of foreign) {
      expect(ask({ ...headers, 'x-api-key': key })).toBe('forbidden')
    }
  })

  it('need the key from other computers, always', () => {
    const there = { host: '192.168.1.2:3000' }
    expect(ask(there, { caller: afar })).toBe('unauthorized')
    expect(ask({ ...there, authorization: 'Bearer wrong' }, { caller: afar })).toBe('unauthorized')
    expect(ask({ ...there, authorization: `Bearer ${key}` }, { caller: afar })).toBe('ok')
    expect(ask({ ...there, cookie: session }, { caller: afar })).toBe('unauthorized')
  })
})
