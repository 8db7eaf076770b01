import { describe, expect, it } from 'vitest'
import { swimRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { names, self, startSwim } from '../../../../fakes/swim-parts.ts'

/** A core that has run for a while among members that answer. */
async function settled(count: number) {
  const started = await startSwim({ members: names(count) })
  await started.clock.advance(10)
  const states = () => new Set(names(count).map(started.state))
  return { ...started, states }
}

describe('waking up', () => {
  it('makes everybody suspect to ourselves, and accuses nobody', async () => {
    const { core, clock, messages, states } = await settled(40)
    core.wake()
    expect(states()).toEqual(new Set(['suspect']))
    await clock.advance(900)
    const rumours = messages('gossip').flatMap(({ rumours }) => rumours)
    expect(rumours.filter(({ kind }) => kind === 'accusation')).toEqual([])
    expect(messages('ping').filter(({ accused }) => accused !== undefined)).toEqual([])
  })

  it('asks a bounded number at once', async () => {
    const { core, messages } = await settled(100)
    const before = messages('ping').length
    core.wake()
    expect(messages('ping').length - before).toBe(swimRules.verifiedAtOnce)
  })

  it('takes over from the first that answers who else is there', async () => {
    const { core, clock, messages, state, states } = await settled(100)
    core.wake()
    const { to = '', seq = -1 } = messages('ping').at(-1) ?? {}
    core.receive(to, { type: 'ack', seq })
    expect(state(to)).toBe('online')
    await clock.advance(1)
    expect(states()).toEqual(new Set(['online']))
  })

  it('tells the others that we are there again', async () => {
    const { core } = await settled(4)
    const before = core.members.get(self)?.statement?.incarnation ?? 0
    core.wake()
    expect(core.members.get(self)?.statement?.incarnation).toBe(before + 1)
  })

  it('happens by itself when the wall clock jumps', async () => {
    const { clock, states } = await settled(4)
    clock.setWallClock(clock.now() + 3_600_000)
    await clock.advance(600)
    expect(states()).toEqual(new Set(['suspect']))
  })
})
