import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hostsAround, inSubnet, isLinkLocal } from '../../../../electron/agent/network/subnet.ts'

describe('addresses of a network', () => {
  it('are told by their prefix, and never across families', () => {
    expect(inSubnet('192.168.1.77', '192.168.1.20', 24)).toBe(true)
    expect(inSubnet('192.168.2.77', '192.168.1.20', 24)).toBe(false)
    expect(inSubnet('fd00::9', 'fd00::1', 64)).toBe(true)
    expect(inSubnet('192.168.1.77', 'fd00::1', 64)).toBe(false)
    expect(inSubnet('nonsense', '192.168.1.20', 24)).toBe(false)
  })

  it('know link-local ones', () => {
    expect(['169.254.7.1', 'fe80::1', 'FEBF::1'].map(isLinkLocal)).toEqual([true, true, true])
    expect(['169.25.4.1', 'fd00::1', 'fec0::1', '10.254.0.1'].map(isLinkLocal)).toEqual([false, false, false, false])
  })

  it('around an address are those of its network, at most of a /24, without its ends', () => {
    expect(hostsAround('192.168.1.20', 30)).toEqual(['192.168.1.21', '192.168.1.22'])
    const wide = hostsAround('10.1.2.3', 8)
    expect([wide.length, wide[0], wide.at(-1)]).toEqual([254, '10.1.2.1', '10.1.2.254'])
  })

  it('around any address lie in its network', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.integer({ min: 24, max: 30 }), (address, prefix) => {
        const hosts = hostsAround(address, prefix)
        expect(hosts).toHaveLength(2 ** (32 - prefix) - 2)
        expect([hosts[0], hosts.at(-1)].every((host) => inSubnet(host as string, address, prefix))).toBe(true)
      }),
    )
  })
})
