import type { NetworkInterfaceInfo } from 'node:os'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localInterfaces } from '../../../../electron/agent/network/local-interfaces.ts'
import { isMetered, readNmcli } from '../../../../electron/agent/network/metered.ts'

const at = (address: string, family: 'IPv4' | 'IPv6' = 'IPv4') =>
  ({ address, family, cidr: `${address}/${family === 'IPv4' ? 24 : 64}`, internal: false }) as NetworkInterfaceInfo

const machine = (system: Record<string, NetworkInterfaceInfo[]>, ignored: string[] = ['docker*']) =>
  localInterfaces(system, { ignored, platform: 'linux' })

/** As NetworkManager 1.46 prints it for a laptop on a phone's hotspot with an unused wired card, and a modem. */
const nmcli = `GENERAL.DEVICE:wlp3s0
GENERAL.IP-IFACE:wlp3s0
GENERAL.METERED:yes (guessed)
IP4.GATEWAY:192.168.43.1
IP6.GATEWAY:fe80\\:\\:1

GENERAL.DEVICE:cdc-wdm0
GENERAL.IP-IFACE:wwan0
GENERAL.METERED:no
IP4.GATEWAY:

GENERAL.DEVICE:enp0s31f6
GENERAL.METERED:unknown
IP4.GATEWAY:--
`

describe('a connection', () => {
  it.each(['wwan0', 'wwp0s20f0u6', 'ppp0', 'rmnet_data0', 'usb0', 'pdp_ip0', 'Cellular'])('over %s alone is metered', (name) => {
    expect(isMetered(machine({ [name]: [at('10.64.3.2')] }), [])).toBe(true)
  })

  it.each(['eth0', 'enp3s0', 'wlan0', 'wlp3s0', 'en0', 'Ethernet', 'Wi-Fi', 'usbnet', 'bond0'])('over %s is not', (name) => {
    expect(isMetered(machine({ [name]: [at('10.64.3.2')] }), [])).toBe(false)
  })

  it('is not metered while there is another way, nor without any', () => {
    const both = { wwan0: [at('10.64.3.2')], eth0: [at('192.168.1.2')] }
    expect(isMetered(machine(both), [])).toBe(false)
    expect(isMetered(machine(both, ['eth*']), [])).toBe(true)
    expect(isMetered(machine({}), [])).toBe(false)
  })

  it('does not become free by a VPN over it, nor by a card that only its own link knows', () => {
    const system = { wwan0: [at('10.64.3.2')], tailscale0: [at('100.64.0.7')], eth0: [at('fe80::1', 'IPv6')] }
    expect(isMetered(machine(system), [])).toBe(true)
  })

  it('is what NetworkManager says, where it says something', () => {
    const known = readNmcli(nmcli)
    expect(known).toEqual([
      { name: 'wlp3s0', metered: true, gateway: true },
      { name: 'wwan0', metered: false, gateway: false },
      { name: 'enp0s31f6', metered: null, gateway: false },
    ])
    expect(isMetered(machine({ wlp3s0: [at('192.168.43.7')] }), known)).toBe(true)
    expect(isMetered(machine({ wwan0: [at('10.64.3.2')] }), known)).toBe(false)
    expect(isMetered(machine({ enp0s31f6: [at('10.64.3.2')] }), known)).toBe(false)
  })

  it('is that which leads out where one does: a cable to a printer does not make the modem free', () => {
    const system = { eth0: [at('192.168.9.2')], wwan0: [at('10.64.3.2')] }
    const managed = [
      { name: 'eth0', metered: null, gateway: false },
      { name: 'wwan0', metered: true, gateway: true },
    ]
    expect(isMetered(machine(system), managed)).toBe(true)
  })

  it('is read from any text without failing', () => {
    fc.assert(fc.property(fc.string(), (text) => Array.isArray(readNmcli(text))))
    expect(readNmcli('')).toEqual([])
  })
})
