import { describe, expect, it } from 'vitest'
import { createPeerGuard } from '../../../../../electron/agent/membership/swim/peer-guard.ts'
import { guardRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

describe('the peer guard', () => {
  it('drops what one peer sends too much, and hears the others', () => {
    const guard = createPeerGuard(createFakeClock())
    const heard = Array.from({ length: 1_000 }, () => guard.allowsMessage('flooder')).filter(Boolean)
    expect(heard.length).toBe(guardRules.messages.burst)
    expect(guard.allowsMessage('other')).toBe(true)
  })

  it('does not listen for a while to who relays what does not hold', async () => {
    const clock = createFakeClock()
    const guard = createPeerGuard(clock)
    for (let strike = 1; strike < guardRules.strikes; strike++) guard.strike('liar')
    expect(guard.allowsMessage('liar')).toBe(true)
    guard.strike('liar')
    expect(guard.allowsMessage('liar')).toBe(false)
    expect(guard.allowsRequest('liar')).toBe(false)
    await clock.advance(guardRules.mutedFor)
    expect(guard.allowsMessage('liar')).toBe(true)
  })
})
