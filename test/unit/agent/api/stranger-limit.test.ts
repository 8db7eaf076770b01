import { describe, expect, it } from 'vitest'
import { createStrangerLimit } from '../../../../electron/agent/api/stranger-limit.ts'
import type { Caller } from '../../../../electron/agent/components.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const stranger: Caller = { kind: 'plain', address: '10.0.0.1', loopback: false }

function setUp() {
  const clock = createFakeClock()
  const trusts = (caller: Caller) => caller.kind === 'node' && caller.id === 'MEMBER'
  return { clock, admit: createStrangerLimit({ clock, trusts }, { strangerBurst: 2, strangerPerSecond: 1 }) }
}
const node = (id: string): Caller => ({ kind: 'node', id, publicKey: '', address: '10.0.0.9' })
const times = (count: number, task: () => void) => () => Array.from({ length: count }, task)

describe('requests of strangers', () => {
  it('are limited per address, with the time to wait, and allowed again after it', async () => {
    const { admit, clock } = setUp()
    expect(times(2, () => admit(stranger))).not.toThrow()
    expect(() => admit(stranger)).toThrow(expect.objectContaining({ code: 'too_many', details: { retryAfter: 1 } }))
    expect(() => admit({ ...stranger, address: '10.0.0.2' })).not.toThrow()
    await clock.advance(1000)
    expect(() => admit(stranger)).not.toThrow()
  })

  it('are limited for unknown nodes too, but not for members and this machine', () => {
    const { admit } = setUp()
    expect(times(3, () => admit(node('UNKNOWN')))).toThrow('Too many requests')
    expect(times(9, () => admit(node('MEMBER')))).not.toThrow()
    expect(times(9, () => admit({ kind: 'plain', address: '127.0.0.1', loopback: true }))).not.toThrow()
  })
})
