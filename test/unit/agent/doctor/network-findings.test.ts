import { describe, expect, it } from 'vitest'
import { networkFindings, portalFindings } from '../../../../electron/agent/doctor/network-findings.ts'
import type { InterfaceView } from '../../../../electron/contract/discovery.ts'

const card = (more: Partial<InterfaceView> = {}): InterfaceView => ({
  ...{
    name: 'eth0',
    kind: 'wired',
    label: 'Ethernet',
    ignored: false,
    addresses: ['192.168.1.20'],
    discovery: 'on',
    problem: null,
    heard: 'others',
  },
  ...more,
})
const switches = { beSeen: true, lookAround: true, platform: 'linux' as const }
const found = (interfaces: InterfaceView[], more: Partial<Parameters<typeof networkFindings>[1]> = {}) =>
  networkFindings({ interfaces }, { ...switches, ...more }).map(({ id, state }) => `${id} ${state}`)

describe('findings about the network', () => {
  it('say of each interface in use how discovery works there', () => {
    expect(found([card()])).toEqual(['mdns-eth0 ok'])
    expect(found([card({ heard: 'self' })])).toEqual(['mdns-eth0 info'])
    expect(found([card({ heard: 'nobody' })])).toEqual(['mdns-eth0 warning'])
    expect(found([card({ discovery: 'failed', problem: 'bind EADDRINUSE' })])).toEqual(['mdns-eth0 problem'])
    expect(found([card({ discovery: 'off' })])).toEqual(['mdns-eth0 info'])
  })

  it('say that there is a VPN, and that nobody is found by itself on it', () => {
    expect(found([card({ name: 'tailscale0', kind: 'vpn', label: 'Tailscale', discovery: 'none' })])).toEqual([
      'mdns-tailscale0 info',
      'vpn-tailscale0 info',
    ])
  })

  it('say that there is no network when nothing but bridges is left', () => {
    expect(found([card({ name: 'docker0', ignored: true, discovery: 'off' })])).toEqual(['network problem'])
  })

  it('say on macOS whether the Local Network permission is missing, by the error it causes', () => {
    const denied = card({ discovery: 'failed', problem: 'send EHOSTUNREACH 224.0.0.251:5353' })
    expect(found([denied], { platform: 'darwin' })).toEqual(['mdns-eth0 problem', 'local-network problem'])
    expect(found([card()], { platform: 'darwin' })).toEqual(['mdns-eth0 ok', 'local-network ok'])
  })

  it('a network that wants one to sign in is a problem, and is spoken of only where it is one', () => {
    expect(portalFindings(null)).toEqual([])
    expect(portalFindings({ page: null })).toMatchObject([{ id: 'portal', state: 'problem' }])
    expect(portalFindings({ page: 'login.cafe.example' })[0]?.text).toContain('login.cafe.example')
  })
})
