import type { NetworkInterfaceInfo } from 'node:os'
import { describe, expect, it } from 'vitest'
import { outsideAddresses, reachableHosts } from '../../../electron/agent/interfaces.ts'

const info = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as NetworkInterfaceInfo

describe('addresses of this machine', () => {
  it('leaves out loopback, link-local and virtual bridges, and puts IPv4 first', () => {
    const found = outsideAddresses({
      lo: [info('127.0.0.1', true)],
      eth0: [info('2001:db8::2'), info('fe80::1'), info('192.168.1.20')],
      docker0: [info('172.17.0.1')],
      'br-1a2b': [info('172.18.0.1')],
      tailscale0: [info('100.92.4.17')],
    })
    expect(found).toEqual(['192.168.1.20', '100.92.4.17', '2001:db8::2'])
  })

  it('is the chosen address when one was chosen, and loopback when there is nothing else', () => {
    expect(reachableHosts('192.168.1.20', ['10.0.0.1'])).toEqual(['192.168.1.20'])
    expect(reachableHosts(undefined, ['10.0.0.1', '2001:db8::2'])).toEqual(['10.0.0.1', '2001:db8::2'])
    expect(reachableHosts('0.0.0.0', ['10.0.0.1', '2001:db8::2'])).toEqual(['10.0.0.1'])
    expect(reachableHosts(undefined, [])).toEqual(['127.0.0.1'])
  })
})
