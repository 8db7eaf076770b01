import { describe, expect, it } from 'vitest'
import { aliasPattern, createAliases } from '../../../../electron/agent/diagnostics/aliases.ts'
import { maskedHostPattern, maskedUrlPattern, maskHost, maskUrl } from '../../../../electron/agent/diagnostics/mask-address.ts'

const aliasOf = createAliases('salt')

describe('a masked address', () => {
  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['127.3.4.5', '127.0.0.1'],
    ['::1', '::1'],
    ['localhost', 'localhost'],
    ['0.0.0.0', '0.0.0.0'],
    ['192.168.7.20', '192.168.x.x'],
    ['10.1.2.3', '10.x.x.x'],
    ['172.20.1.1', '172.x.x.x'],
    ['100.92.4.17', '100.x.x.x'],
    ['169.254.9.9', '169.254.x.x'],
    ['203.0.113.9', 'public-ipv4'],
    ['172.32.0.1', 'public-ipv4'],
    ['fe80::c0de%eth0', 'fe80::x'],
    ['fd7a:115c:a1e0::9', 'fd::x'],
    ['2001:db8::7', 'public-ipv6'],
    ['[2001:db8::7]', 'public-ipv6'],
    ['::ffff:192.168.7.20', '192.168.x.x'],
  ])('of %s tells its kind only: %s', (address, masked) => {
    expect(maskHost(address, aliasOf)).toBe(masked)
    expect(masked).toMatch(maskedHostPattern)
  })

  it('of a name is an alias, and a URL keeps scheme and port only', () => {
    expect(maskHost('nas.mia.example', aliasOf)).toMatch(/^host-[a-z2-7]{6}$/u)
    for (const [url, masked] of [
      ['https://192.168.7.20:3000/secret?token=abc', 'https://192.168.x.x:3000'],
      ['http://mia:hunter2@10.0.0.7/', 'http://10.x.x.x'],
      ['https://[2001:db8::7]:3000', 'https://public-ipv6:3000'],
      ['https://[fe80::1]:3000', 'https://[fe80::x]:3000'],
      ['no url', 'unreadable'],
    ] as const) {
      expect(maskUrl(url, aliasOf)).toBe(masked)
      expect(masked).toMatch(maskedUrlPattern)
    }
    expect(maskUrl('relay://NASAAAA-BBBBBBB-CCCCCCC-DDDDDDD', aliasOf)).toMatch(maskedUrlPattern)
  })
})

describe('an alias', () => {
  it('is the same for the same thing, another for another thing, kind or node', () => {
    expect(aliasOf('node', 'A')).toBe(createAliases('salt')('node', 'a'))
    expect(aliasOf('node', 'A')).toMatch(aliasPattern)
    const others = [aliasOf('node', 'B'), aliasOf('mesh', 'A'), createAliases('other')('node', 'A')]
    expect(new Set([aliasOf('node', 'A'), ...others]).size).toBe(4)
  })
})
