import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { localInterfaces, outsideAddresses } from '../../../../electron/agent/network/local-interfaces.ts'
import { usuallyIgnored } from '../../../../electron/contract/settings.ts'

const info = (cidr: string, more: object = {}) => {
  const address = cidr.split('/')[0] ?? ''
  return { address, cidr, internal: false, family: address.includes(':') ? 'IPv6' : 'IPv4', ...more } as NetworkInterfaceInfo
}

const household = {
  lo: [info('127.0.0.1/8', { internal: true })],
  docker0: [info('172.17.0.1/16')],
  'br-1a2b': [info('172.18.0.1/16')],
  wg0: [info('10.6.0.2/32')],
  ztabcdef12: [info('10.147.17.4/24')],
  utun4: [info('100.92.4.17/32'), info('fd7a:115c:a1e0::1/128')],
  tailscale0: [info('100.92.4.18/32')],
  wlp2s0: [info('192.168.1.43/24')],
  enp3s0: [info('2001:db8::2/64'), info('fe80::1/64', { scopeid: 7 }), info('192.168.1.20/24')],
  weird0: [info('10.9.9.9/24')],
}
const options = { ignored: usuallyIgnored, platform: 'linux' } as const
const named = (name: string, more: Partial<Parameters<typeof localInterfaces>[1]> = {}) =>
  localInterfaces(household, { ...options, ...more }).find((each) => each.name === name)

describe('interfaces of this machine', () => {
  it('are ranked: wired, wireless, other, VPN; loopback is none', () => {
    const names = localInterfaces(household, options).filter(({ ignored }) => !ignored)
    expect(names.map(({ name }) => name)).toEqual(['enp3s0', 'wlp2s0', 'weird0', 'tailscale0', 'utun4', 'wg0', 'ztabcdef12'])
  })

  it('are labelled: Tailscale by name and by its address, WireGuard, ZeroTier', () => {
    const labels = ['tailscale0', 'utun4', 'wg0', 'ztabcdef12', 'wlp2s0', 'enp3s0'].map((name) => named(name)?.label)
    expect(labels).toEqual(['Tailscale', 'Tailscale', 'WireGuard', 'ZeroTier', 'Wi-Fi', 'Ethernet'])
  })

  it('carry multicast or not: ZeroTier is an Ethernet of its own, tunnels are not', () => {
    expect(['ztabcdef12', 'enp3s0', 'wg0', 'tailscale0'].map((name) => named(name)?.multicast)).toEqual([true, true, false, false])
  })

  it('leave out bridges of containers, unless the user’s list says otherwise', () => {
    expect(named('docker0')?.ignored).toBe(true)
    expect(named('docker0', { ignored: [] })?.ignored).toBe(false)
    expect(named('wlp2s0', { ignored: ['wlp*'] })?.ignored).toBe(true)
  })

  it('name the scope of a link as the system does', () => {
    expect(named('enp3s0')?.scope).toBe('enp3s0')
    expect(named('enp3s0', { platform: 'win32' })?.scope).toBe('7')
  })
})

describe('addresses for others', () => {
  it('are those of all interfaces that are not left out, IPv4 first, none that only one link knows', () => {
    expect(outsideAddresses(localInterfaces(household, options))).toEqual([
      ...['192.168.1.20', '192.168.1.43', '10.9.9.9', '100.92.4.18', '100.92.4.17', '10.6.0.2', '10.147.17.4'],
      ...['2001:db8::2', 'fd7a:115c:a1e0::1'],
    ])
  })
})
