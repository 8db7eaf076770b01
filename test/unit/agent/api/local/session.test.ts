import { describe, expect, it } from 'vitest'
import { createSessions } from '../../../../../electron/agent/api/local/session.ts'
import { systemRandom } from '../../../../../electron/agent/support/random.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

const setUp = ({ token = 'secret', nodeId = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ', clock = createFakeClock(), opened = () => {} } = {}) => ({
  clock,
  sessions: createSessions({ clock, random: systemRandom, opened }, { token, nodeId }),
})
const pair = (cookie: string) => cookie.split(';')[0] ?? ''

describe('one-time links', () => {
  it('work once', () => {
    const { sessions } = setUp()
    const { code } = sessions.createCode()
    expect([sessions.redeem(code), sessions.redeem(code), sessions.redeem('')]).toEqual([true, false, false])
  })

  it('run out after a minute', async () => {
    const { sessions, clock } = setUp()
    const { code, expiresAt } = sessions.createCode()
    expect(expiresAt).toBe(clock.now() + 60_000)
    await clock.advance(60_000)
    expect(sessions.redeem(code)).toBe(false)
  })

  it('are bounded: the oldest gives way', () => {
    const { sessions } = setUp()
    const codes = Array.from({ length: 17 }, () => sessions.createCode().code)
    expect([sessions.redeem(codes[0] ?? ''), sessions.redeem(codes[1] ?? '')]).toEqual([false, true])
  })
})

describe('sessions', () => {
  it('survive a restart with the same token, and end after 30 days', async () => {
    const { sessions, clock } = setUp()
    const cookie = pair(sessions.cookie())
    const again = setUp({ clock }).sessions
    expect(again.isValid(cookie)).toBe(true)
    await clock.advance(30 * 24 * 3_600_000)
    expect(again.isValid(cookie)).toBe(false)
  })

  it('are worth nothing with another token, for another node, or changed', () => {
    const cookie = pair(setUp().sessions.cookie())
    expect(setUp({ token: 'other' }).sessions.isValid(cookie)).toBe(false)
    expect(setUp({ nodeId: 'K7QDM3X-AAAAAAA-AAAAAAA-AAAAAAA' }).sessions.isValid(cookie)).toBe(false)
    expect(setUp().sessions.isValid(cookie.replace('=1', '=9'))).toBe(false)
    expect(setUp().sessions.isValid(undefined)).toBe(false)
  })
})
