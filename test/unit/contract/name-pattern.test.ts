import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitsPattern } from '../../../electron/contract/name-pattern.ts'
import { usuallyIgnored } from '../../../electron/contract/settings.ts'

describe('patterns of interface names', () => {
  it('take * for any characters, and upper and lower case as the same', () => {
    expect(fitsPattern('docker0', ['docker*'])).toBe(true)
    expect(fitsPattern('Docker0', ['docker*'])).toBe(true)
    expect(fitsPattern('br-1a2b3c', ['br-*'])).toBe(true)
    expect(fitsPattern('a-middle-b', ['a*dd*b'])).toBe(true)
    expect(fitsPattern('eth0', ['eth'])).toBe(false)
    expect(fitsPattern('ab', ['ab*b'])).toBe(false)
  })

  it('leave out the bridges of containers and virtual machines, and no real card', () => {
    const fits = (name: string) => fitsPattern(name, usuallyIgnored)
    expect(['docker0', 'br-4f0c', 'veth12ab', 'virbr0', 'vmnet8', 'vEthernet (WSL)', 'podman1', 'bridge100'].map(fits)).not.toContain(false)
    expect(['eth0', 'enp3s0', 'br0', 'wlan0', 'en0', 'tailscale0', 'Ethernet', 'Wi-Fi'].map(fits)).not.toContain(true)
  })

  it('fit as the same pattern as a regular expression does', () => {
    const text = fc.stringMatching(/^[ab]{0,8}$/u)
    const pattern = fc.stringMatching(/^[ab*]{1,8}$/u)
    fc.assert(
      fc.property(text, pattern, (name, each) => {
        expect(fitsPattern(name, [each])).toBe(new RegExp(`^${each.replaceAll('*', '.*')}$`, 'u').test(name))
      }),
    )
  })
})
