import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mapRequest, readNatPmp } from '../../../../../electron/agent/network/port-mapping/nat-pmp-messages.ts'

/** Header, and what follows it. */
const packetOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')

describe('packets of NAT-PMP', () => {
  it('ask for a port as RFC 6886 has it', () => {
    expect(mapRequest({ port: 3000, outside: 3001, lifetime: 3600 }).toString('hex')).toBe('000200000bb80bb900000e10')
    expect(mapRequest({ port: 3000, outside: 3001, lifetime: 0 }).toString('hex')).toBe('000200000bb8000000000000')
  })

  it.each([
    ['0080000000000001 0b162101', { kind: 'address', result: 0, address: '11.22.33.1' }],
    ['0082000000000001 0bb80bb900000e10', { kind: 'mapped', result: 0, port: 3000, outside: 3001, lifetime: 3600 }],
    ['0082000200000001', { kind: 'error', op: 'map', result: 2 }],
    ['0080000300000001 00000000', { kind: 'error', op: 'address', result: 3 }],
    ['0280000100000001', { kind: 'error', op: 'address', result: 1 }],
  ])('%s is read', (packet, answer) => expect(readNatPmp(packetOf(packet))).toEqual(answer))

  it.each([
    ['', 'empty'],
    ['00', 'one byte'],
    ['0080000000000001 0b1621', 'cut'],
    ['0082000000000001 0bb80bb900000e', 'cut'],
    ['0081000000000001 0bb80bb900000e10', 'UDP, which nobody asked for'],
    ['0000', 'a question'],
    ['0280000000000001 0b162101', 'another version'],
  ])('%s is none (%s)', (packet) => expect(readNatPmp(packetOf(packet))).toBeNull())

  it('never fail to be read, whatever arrives', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => void readNatPmp(Buffer.from(bytes))))
  })
})
