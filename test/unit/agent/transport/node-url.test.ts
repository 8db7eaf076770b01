import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { originOf, parseNodeUrl, parseTypedUrl } from '../../../../electron/agent/transport/node-url.ts'

const read = (text: string) => originOf(parseTypedUrl(text), 'http')
const codeOf = (text: string) => {
  try {
    read(text)
    return 'accepted'
  } catch (error) {
    return error instanceof FcnError ? error.code : 'threw something else'
  }
}

describe('parseTypedUrl', () => {
  it.each([
    ['192.168.1.20', 'http://192.168.1.20:3000'],
    ['http://192.168.1.20', 'http://192.168.1.20:3000'],
    ['  nas.local:4000 ', 'http://nas.local:4000'],
    ['localhost:3000', 'http://localhost:3000'],
    ['https://nas:443', 'http://nas:443'],
    ['http://nas:80', 'http://nas:80'],
    ['HTTP://NAS:3001/peers?x#y', 'http://nas:3001'],
    ['::1', 'http://[::1]:3000'],
    ['[::1]:3005', 'http://[::1]:3005'],
    ['fd12::7', 'http://[fd12::7]:3000'],
    ['127.0.0.1', 'http://127.0.0.1:3000'],
    ['100.64.0.9', 'http://100.64.0.9:3000'],
  ])('reads %s as %s', (typed, url) => {
    expect(read(typed)).toBe(url)
  })

  it.each([
    '',
    ' ',
    'ftp://nas',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://me:secret@nas',
    'mailto:me@nas',
    'http://',
    'nas:99999',
    'nas:0',
    'a b',
    'http://[::1',
    'x'.repeat(301),
  ])('refuses %j as no address', (typed) => {
    expect(codeOf(typed)).toBe('invalid_input')
  })

  it.each([
    '169.254.169.254',
    'http://169.254.1.1:3000',
    '0xa9fea9fe',
    '2852039166',
    '[fe80::1]',
    'http://[::ffff:169.254.169.254]/',
    '[fd00:ec2::254]',
    '0.0.0.0',
    '[::]',
    '224.0.0.251',
    '255.255.255.255',
    '[ff02::fb]',
  ])('refuses %s, which is never used', (typed) => {
    expect(codeOf(typed)).toBe('refused_address')
  })

  it('gives a dialable http origin or one of two errors, whatever is typed', () => {
    const typed = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.ipV4(),
      fc.ipV6(),
      fc.tuple(fc.domain(), fc.nat(70_000)).map(([host, port]) => `${host}:${port}`),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const code = codeOf(text)
        if (code !== 'accepted') {
          expect(['invalid_input', 'refused_address']).toContain(code)
          return
        }
        const url = read(text)
        expect(url).toMatch(/^http:\/\/[^/@?#\s]+:\d+$/u)
        expect(read(url)).toBe(url)
        expect(originOf(parseNodeUrl(url.replace('http:', 'https:')), 'http')).toBe(url)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('parseNodeUrl', () => {
  it('accepts https addresses only', () => {
    expect(originOf(parseNodeUrl('https://10.0.0.2:3000'), 'https')).toBe('https://10.0.0.2:3000')
    for (const text of ['http://10.0.0.2:3000', 'https://a:b@c:1', 'nas:3000', '']) expect(() => parseNodeUrl(text)).toThrow(FcnError)
  })
})
