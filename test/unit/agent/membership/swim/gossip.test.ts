import { describe, expect, it } from 'vitest'
import type { Rumour } from '../../../../../electron/agent/membership/swim/messages.ts'
import { swimRules, tellLimit } from '../../../../../electron/agent/membership/swim/rules.ts'
import { createSwimParts, names } from '../../../../fakes/swim-parts.ts'

const have = (node: string): Rumour => ({ kind: 'have', node, version: 3 })

describe('gossip', () => {
  it('is silent while there is no news', async () => {
    const { gossip, clock, sent } = createSwimParts()
    gossip.start()
    await clock.advance(60_000)
    expect(sent).toEqual([])
    expect(gossip.along()).toBeUndefined()
  })

  it('tells news to a few different members after a moment', async () => {
    const { gossip, clock, messages } = createSwimParts({ members: names(20) })
    gossip.spread(have('NODE-1'))
    await clock.advance(swimRules.freshDelay)
    const told = messages('gossip')
    expect(told.map(({ rumours }) => rumours)).toEqual(Array.from({ length: swimRules.fanout }, () => [have('NODE-1')]))
    expect(new Set(told.map(({ to }) => to)).size).toBe(swimRules.fanout)
  })

  it('tells each rumour as often as the size of the mesh asks for, and then forgets it', async () => {
    const { gossip, clock, messages, table } = createSwimParts({ members: names(20) })
    gossip.spread(have('NODE-1'))
    await clock.advance(10_000)
    expect(messages('gossip').length).toBe(tellLimit(table.present, swimRules))
    expect(gossip.waiting()).toBe(0)
  })

  it('does not pass on what has come to be out of date', async () => {
    const { gossip, clock } = createSwimParts()
    gossip.spread({ kind: 'accusation', node: 'NODE-1', incarnation: 1, by: ['NODE-2'] }, 5)
    await clock.advance(1_000)
    expect(gossip.along()).toBeUndefined()
  })

  it('keeps its messages small however much there is to tell', async () => {
    const { gossip, clock, sent } = createSwimParts({ members: names(30) })
    for (const node of names(500)) gossip.spread(have(node.padEnd(34, 'X')))
    await clock.advance(1_000)
    expect(Math.max(...sent.map(({ message }) => JSON.stringify(message).length))).toBeLessThanOrEqual(swimRules.messageSize)
  })
})
