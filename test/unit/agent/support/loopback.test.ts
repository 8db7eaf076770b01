import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isLoopback, isLoopbackHost, isLoopbackName, plainAddress } from '../../../../electron/agent/support/loopback.ts'

describe('addresses', () => {
  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['::ffff:7f00:1', true],
    ['::ffff:a00:1', false],
    ['10.127.0.1', false],
    ['::ffff:10.0.0.1', false],
    ['127.0.0.1.evil.example', false],
    ['', false],
  ])('%j is loopback: %s', (address, loopback) => expect(isLoopback(address)).toBe(loopback))

  it('lose their IPv6 wrapping and scope', () => {
    expect([plainAddress('::ffff:192.0.2.1'), plainAddress('::FFFF:c000:201'), plainAddress('FE80::1%eth0')]).toEqual([
      '192.0.2.1',
      '192.0.2.1',
      'fe80::1',
    ])
  })
})

describe('the host of a URL', () => {
  it.each(['localhost', 'LOCALHOST', 'photos.localhost', '127.1.2.3', '[::1]', '::1'])('%s is this machine', (host) =>
    expect(isLoopbackName(host)).toBe(true),
  )

  it.each(['', 'nas.local', 'localhost.evil.example', '127.0.0.1.evil.example', 'evil-localhost', '10.0.0.1', '[::2]', 'localhost:80'])(
    '%j is not',
    (host) => expect(isLoopbackName(host)).toBe(false),
  )
})

describe('the Host header', () => {
  it.each(['127.0.0.1:3000', 'localhost:3000', 'LOCALHOST:3000', '[::1]:3000'])('may be %s', (host) =>
    expect(isLoopbackHost(host, 3000)).toBe(true),
  )

  it.each([undefined, '', '127.0.0.1', 'localhost:3001', 'evil.example:3000', 'localhost.evil.example:3000', '127.0.0.1:3000@evil'])(
    'may not be %s',
    (host) => expect(isLoopbackHost(host, 3000)).toBe(false),
  )

  it('may leave out the port on port 80', () => {
    expect([isLoopbackHost('localhost', 80), isLoopbackHost('localhost:80', 80)]).toEqual([true, true])
  })

  it('is one of three names, whatever is tried', () => {
    fc.assert(
      fc.property(fc.string(), (host) => {
        expect(isLoopbackHost(host, 3000)).toBe(false)
      }),
    )
  })
})
