import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseLegacyUrl } from '../../../../electron/agent/legacy/legacy-url.ts'
import type { FcnError } from '../../../../electron/agent/errors.ts'
import { errorTable } from '../../../../electron/contract/error-codes.ts'

const own = { port: 3000, addresses: ['192.168.1.5', 'fd00::5'] }
const codeOf = (text: string) => {
  try {
    return parseLegacyUrl(text, own)
  } catch (error) {
    return (error as FcnError).code
  }
}

describe('URLs of old nodes', () => {
  it.each([
    ['http://192.168.1.20:3000', 'http://192.168.1.20:3000'],
    ['HTTP://NAS.local:3000///', 'http://nas.local:3000'],
    ['https://nas.example/router/', 'https://nas.example/router'],
    ['http://[fd00::7]:3000/', 'http://[fd00::7]:3000'],
    ['http://127.0.0.1:3001', 'http://127.0.0.1:3001'],
  ])('%s is %s', (text, canonical) => expect(codeOf(text)).toBe(canonical))

  it.each([
    '',
    'nas:3000',
    'ftp://nas',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'http://',
    'http://u:p@nas',
    'http://nas?x=1',
    'http://nas#x',
  ])('refuses %j as no URL of a node', (text) => expect(codeOf(text)).toBe('invalid_input'))

  it.each([
    'http://169.254.169.254',
    'http://[fe80::1]',
    'http://0.0.0.0:3000',
    'http://2852039166',
    'http://[::ffff:169.254.169.254]',
    'http://224.0.0.1',
  ])('never goes to %s', (text) => expect(codeOf(text)).toBe('refused_address'))

  it.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://192.168.1.5:3000', 'http://[fd00::5]:3000', 'http://[::1]:3000'])(
    'notices that %s is this node',
    (text) => expect(codeOf(text)).toBe('own_address'),
  )

  it('are canonical: parsing twice changes nothing, and nothing else is thrown than our errors', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.webUrl({ withQueryParameters: true }),
      fc.ipV6().map((ip) => `http://[${ip}]`),
    )
    fc.assert(
      fc.property(anything, (text) => {
        const once = codeOf(text)
        const known = once.startsWith('http') ? codeOf(once) === once : Object.hasOwn(errorTable, once)
        expect(known).toBe(true)
      }),
    )
  })
})
