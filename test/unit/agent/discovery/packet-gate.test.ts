import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacketGate } from '../../../../electron/agent/discovery/packet-gate.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { lan } from '../../../fixtures/heard.ts'

const neighbour = '192.168.1.57'

function packet({ questions = 0, answers = 1, text = '\x0c_freecompute\x04_tcp', bytes = 0 } = {}): Buffer {
  const header = Buffer.alloc(12)
  header.writeUInt16BE(questions, 4)
  header.writeUInt16BE(answers, 6)
  return Buffer.concat([header, Buffer.from(text, 'latin1'), Buffer.alloc(bytes)])
}

const open = () => {
  const clock = createFakeClock()
  return { clock, gate: createPacketGate({ clock }, { on: { ...lan, scope: 'eth0' }, words: ['_freecompute', '_dns-sd'] }) }
}

describe('the gate before the DNS library', () => {
  it('lets packets about us in, in any case, and no others', () => {
    const { gate } = open()
    expect(gate.admits(packet(), neighbour)).toBe(true)
    expect(gate.admits(packet({ text: '_FREECOMPUTE' }), neighbour)).toBe(true)
    expect(gate.admits(packet({ text: '_googlecast' }), neighbour)).toBe(false)
  })

  it('lets in only senders of the interface’s own network', () => {
    const { gate } = open()
    const from = ['192.168.1.2', 'fd00::2', 'fe80::2%eth0', '::ffff:192.168.1.3']
    expect(from.map((address) => gate.admits(packet(), address))).not.toContain(false)
    const outside = ['10.0.0.2', '8.8.8.8', 'fe80::2%eth1', '2001:db8::1', '127.0.0.1', '', 'nonsense']
    expect(outside.map((address) => gate.admits(packet(), address))).not.toContain(true)
  })

  it('keeps out what is too short, too long, or has too many records or questions', () => {
    const { gate } = open()
    const broken = [Buffer.alloc(0), Buffer.alloc(11), packet({ bytes: 1_500 }), packet({ answers: 65 }), packet({ questions: 9 })]
    expect(broken.map((each) => gate.admits(each, neighbour))).not.toContain(true)
  })

  it('bounds what one sender gets through, and does not punish another for it', async () => {
    const { clock, gate } = open()
    const flood = Array.from({ length: 1_000 }, () => gate.admits(packet(), neighbour)).filter(Boolean)
    expect(flood).toHaveLength(40)
    expect(gate.admits(packet(), '192.168.1.58')).toBe(true)
    await clock.advance(1_000)
    expect(Array.from({ length: 100 }, () => gate.admits(packet(), neighbour)).filter(Boolean)).toHaveLength(10)
  })

  it('bounds what all senders get through, whatever addresses they take', () => {
    const { gate } = open()
    const from = (index: number) => `192.168.1.${1 + (index % 250)}`
    expect(Array.from({ length: 5_000 }, (_, index) => gate.admits(packet(), from(index))).filter(Boolean)).toHaveLength(400)
  })

  it('never throws', () => {
    const { gate } = open()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.string(), (bytes, from) => void gate.admits(bytes, from)))
  })
})
