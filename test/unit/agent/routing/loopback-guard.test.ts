import { describe, expect, it } from 'vitest'
import type { Caller } from '../../../../electron/agent/components.ts'
import { namesLoopback, requireLocalProgram } from '../../../../electron/agent/routing/loopback-guard.ts'

const local: Caller = { kind: 'plain', address: '127.0.0.1', loopback: true }

describe('the way in for programs', () => {
  it.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000', 'photos.localhost:3000'])(
    'is open for Host %s',
    (host) => {
      expect(() => requireLocalProgram(local, { host })).not.toThrow()
    },
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
  ])('is closed for Host %s', (host) => expect(namesLoopback(host)).toBe(false))

  it('is closed for other machines, peers and strangers', () => {
    const callers: Caller[] = [
      { kind: 'plain', address: '10.0.0.2', loopback: false },
      { kind: 'anonymous', address: '127.0.0.1' },
      { kind: 'node', id: 'x', publicKey: '', address: '127.0.0.1' },
    ]
    for (const caller of callers)
      expect(() => requireLocalProgram(caller, { host: 'localhost' })).toThrow(expect.objectContaining({ status: 403 }))
  })

  it('is open for pages of this machine only', () => {
    expect(() => requireLocalProgram(local, { host: 'localhost', origin: 'http://127.0.0.1:5173' })).not.toThrow()
    for (const origin of ['null', 'https://evil.example', 'http://localhost.evil.example', 'file://', 'http://localhost/x']) {
      expect(() => requireLocalProgram(local, { host: 'localhost', origin })).toThrow(expect.objectContaining({ code: 'forbidden' }))
    }
  })
})
