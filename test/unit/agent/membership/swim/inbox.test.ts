import { describe, expect, it } from 'vitest'
import { guardRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { startSwim } from '../../../../fakes/swim-parts.ts'

describe('what arrives', () => {
  it('from who is no member is answered by nothing but that we do not know it', async () => {
    const { core, sent } = await startSwim()
    const before = sent.length
    core.receive('NOBODY', { type: 'ping', seq: 4 })
    core.receive('NOBODY', { type: 'gossip', rumours: [{ kind: 'have', node: 'NOBODY', version: 9 }] })
    expect(sent.slice(before)).toEqual([{ to: 'NOBODY', message: { type: 'stranger', seq: 4 } }])
  })

  it('brings what we lack by a question to who has it', async () => {
    const { core, asked, clock, whenAsked, signatures } = await startSwim()
    const record = signatures.record({ node: 'NODE-1', version: 8, left: false }, 0)
    const facts = [{ node: 'NODE-1', record, statement: null, notice: null }]
    whenAsked(() => ({ type: 'facts', facts, wants: [], offline: [], more: false }))
    core.receive('NODE-0', { type: 'gossip', rumours: [{ kind: 'have', node: 'NODE-1', version: 8 }] })
    await clock.advance(1)
    expect(asked).toContainEqual({ to: 'NODE-0', request: { type: 'fetch', nodes: ['NODE-1'] } })
    expect(core.members.get('NODE-1')?.record).toBe(record)
  })

  it('from one held for gone leads to a question, and not at the speed of the network', async () => {
    const { core, clock, messages, signatures, state } = await startSwim()
    const statement = signatures.statement({ node: 'NODE-0', incarnation: 2, gone: true })
    core.receive('NODE-1', { type: 'gossip', rumours: [{ kind: 'statement', statement }] })
    await clock.advance(5_000)
    expect(state('NODE-0')).toBe('offline')
    const before = messages('ping').length
    const mine = () =>
      messages('ping')
        .slice(before)
        .filter(({ to }) => to === 'NODE-0')
    core.receive('NODE-0', { type: 'ping', seq: 1 })
    for (let tick = 0; tick < 1_000; tick++) {
      core.receive('NODE-0', { type: 'ack', seq: mine().at(-1)?.seq ?? -1 })
      await clock.advance(10)
    }
    const { burst, perSecond } = guardRules.returns
    expect(mine().length).toBeGreaterThanOrEqual(5 * perSecond)
    expect(mine().length).toBeLessThanOrEqual(burst + 10 * perSecond)
  })

  it('about us by a rumour is refuted', async () => {
    const { core, clock, messages } = await startSwim()
    core.receive('NODE-0', { type: 'gossip', rumours: [{ kind: 'accusation', node: 'SELF', incarnation: 1, by: ['NODE-2'] }] })
    await clock.advance(100)
    const rumours = messages('gossip').flatMap(({ rumours }) => rumours)
    expect(rumours).toContainEqual(
      expect.objectContaining({ kind: 'statement', statement: expect.objectContaining({ incarnation: 2 }) as unknown }),
    )
  })

  it('is not read when its sender floods', async () => {
    const { core, messages } = await startSwim()
    for (let seq = 0; seq < 5_000; seq++) core.receive('NODE-0', { type: 'ping', seq })
    expect(messages('ack').length).toBe(guardRules.messages.burst)
  })

  it('is not read before the start and after the stop', async () => {
    const { core, messages } = await startSwim()
    await core.stop()
    core.receive('NODE-0', { type: 'ping', seq: 1 })
    expect(messages('ack')).toEqual([])
    expect(core.answer('NODE-0', { type: 'compare', root: '' })).toEqual({ type: 'stranger' })
  })
})
