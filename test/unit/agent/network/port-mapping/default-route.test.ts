import { describe, expect, it } from 'vitest'
import { linuxGateway, macGateway, windowsGateway } from '../../../../../electron/agent/network/port-mapping/default-route.ts'

const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n'
const row = (destination: string, gateway: string, { flags = '0003', metric = 0, mask = '00000000' } = {}) =>
  `eth0\t${destination}\t${gateway}\t${flags}\t0\t0\t${metric}\t${mask}\t0\t0\t0\n`

describe('the router of this machine', () => {
  it('is the default route’s of the lowest metric on Linux', () => {
    const text = `${head}${row('00000000', '01FEA8C0', { metric: 600 })}${row('00000000', '0102A8C0', { metric: 100 })}`
    expect(linuxGateway(text)).toBe('192.168.2.1')
  })

  it.each([
    ['a route to one network', row('0002A8C0', '0102A8C0', { mask: '00FFFFFF' })],
    ['half of the internet, as VPNs have it', row('00000000', '0102A8C0', { mask: '00000080' })],
    ['a default route without a router', row('00000000', '00000000', { flags: '0001' })],
    ['nonsense', 'eth0 00000000 zz 0003 0 0 0 00000000\n'],
    ['nothing', ''],
  ])('is not taken from %s on Linux', (_name, rows) => expect(linuxGateway(head + rows)).toBeNull())

  it('is named by `route get` on macOS, unless that is an interface', () => {
    const said = (gateway: string) =>
      `   route to: default\ndestination: default\n       mask: default\n    gateway: ${gateway}\n  interface: en0\n`
    expect(macGateway(said('192.168.1.1'))).toBe('192.168.1.1')
    expect(macGateway(said('link#14'))).toBeNull()
    expect(macGateway('route: writing to routing socket: not in table\n')).toBeNull()
  })

  it('is the default route’s of the lowest metric on Windows, in any language', () => {
    const text = [
      'IPv4-Routentabelle',
      'Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik',
      '          0.0.0.0          0.0.0.0      192.168.1.1    192.168.1.23     55',
      '          0.0.0.0          0.0.0.0         10.8.0.1        10.8.0.6     25',
      '          0.0.0.0          0.0.0.0    Auf Verbindung       10.9.0.6      5',
    ].join('\r\n')
    expect(windowsGateway(text)).toBe('10.8.0.1')
    expect(windowsGateway('')).toBeNull()
  })
})
