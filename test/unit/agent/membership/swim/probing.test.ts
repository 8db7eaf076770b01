import { describe, expect, it } from 'vitest'
import { createProbing } from '../../../../../electron/agent/membership/swim/probing.ts'
import { createLocalHealth } from '../../../../../electron/agent/membership/swim/state/local-health.ts'
import { createSwimParts, names, self } from '../../../../fakes/swim-parts.ts'

const target = 'NODE-0'

function setUp({ doubted = false } = {}) {
  const parts = createSwimParts({ members: names(8) })
  const outcomes: { node: string; here: boolean; refused: boolean }[] = []
  const health = createLocalHealth(8)
  const probing = createProbing({
    ...parts,
    health,
    heardAt: () => -Infinity,
    doubted: (node) => doubted && node === target,
    ended: (node, { here, refused }) => void outcomes.push({ node, here, refused }),
  })
  return { ...parts, probing, health, outcomes }
}

describe('a probe', () => {
  it('ends with the answer', async () => {
    const { probing, clock, messages, outcomes } = setUp()
    probing.probe(target)
    probing.onAck(target, messages('ping')[0]?.seq ?? -1)
    await clock.advance(5_000)
    expect(outcomes).toEqual([{ node: target, here: true, refused: false }])
    expect(messages('ping').length).toBe(1)
  })

  it('asks three times and six others before it fails after a second', async () => {
    const { probing, clock, messages, outcomes } = setUp()
    probing.probe(target)
    await clock.advance(999)
    expect(outcomes).toEqual([])
    await clock.advance(1)
    expect(outcomes).toEqual([{ node: target, here: false, refused: false }])
    expect(messages('ping').map(({ to }) => to)).toEqual([target, target, target])
    const helpers = messages('ask').map(({ to }) => to)
    expect(helpers.length).toBe(6)
    expect(new Set([...helpers, target, self]).size).toBe(8)
  })

  it('of one believed gone is a single question, and its failure no sign of our own health', async () => {
    const { probing, clock, sent, health } = setUp()
    probing.probe(target, { faint: true })
    await clock.advance(5_000)
    expect(sent.length).toBe(1)
    expect(health.factor).toBe(1)
  })

  it('believes a helper only with the proof of the target', () => {
    const { probing, messages, outcomes, signatures, clock } = setUp()
    probing.probe(target)
    return clock.advance(500).then(() => {
      const { seq = -1, nonce = '' } = messages('ask')[0] ?? {}
      probing.onAnswered(target, seq, 'forged')
      expect(outcomes).toEqual([])
      probing.onAnswered(target, seq, signatures.trustOf(target).prove({ asker: self, nonce }) as string)
      expect(outcomes).toEqual([{ node: target, here: true, refused: false }])
    })
  })

  it('counts helpers that say nothing against ourselves, and not those that got no answer either', async () => {
    const deaf = setUp()
    deaf.probing.probe(target)
    await deaf.clock.advance(1_000)
    expect(deaf.health.factor).toBe(1 + 6)
    const well = setUp()
    well.probing.probe(target)
    await well.clock.advance(800)
    for (const { to, seq } of well.messages('ask')) well.probing.onUnanswered(to, target, seq)
    await well.clock.advance(200)
    expect(well.health.factor).toBe(1)
  })

  it('fails at once when everybody is refused', async () => {
    const { probing, clock, messages, outcomes } = setUp()
    probing.probe(target)
    probing.onRefused(target)
    for (const { to, seq } of messages('ask')) probing.onUnanswered(to, target, seq)
    await clock.advance(20)
    probing.onRefused(target)
    expect(outcomes).toEqual([{ node: target, here: false, refused: true }])
  })

  it('tells a member that others or we doubt it', () => {
    const { probing, messages } = setUp({ doubted: true })
    probing.probe(target)
    probing.probe('NODE-1', { accused: 1 })
    expect(messages('ping').map(({ accused }) => accused)).toEqual([1, 1])
  })

  it('after a sleep of our own makes nobody refute', () => {
    const { probing, messages, table, member } = setUp()
    table.put(member(target, { verdict: 'suspect' }))
    probing.probe(target)
    expect(messages('ping').map(({ accused }) => accused)).toEqual([undefined])
  })

  it('that was dropped has no outcome', async () => {
    const { probing, clock, outcomes, sent } = setUp()
    probing.probe(target)
    probing.drop(target)
    await clock.advance(5_000)
    expect(outcomes).toEqual([])
    expect(sent.length).toBe(1)
  })
})
