import { describe, expect, it } from 'vitest'
import { createDoubts } from '../../../../../electron/agent/membership/swim/doubts.ts'
import { swimRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { suspicionTimeout } from '../../../../../electron/agent/membership/swim/state/suspicion-timeout.ts'
import { createSwimParts, names } from '../../../../fakes/swim-parts.ts'

const target = 'NODE-0'
const silent = { refused: false, began: 0 }
const accusers = ['NODE-1', 'NODE-2', 'NODE-3', 'NODE-4']

function setUp({ deaf = false } = {}) {
  const parts = createSwimParts({ members: names(19) })
  const checked: string[] = []
  const doubts = createDoubts({ ...parts, check: (node) => void checked.push(node), heardSince: () => !deaf })
  const timeout = (count: number) => suspicionTimeout({ present: 20, accusers: count, refused: false }, swimRules)
  return { ...parts, doubts, checked, timeout, state: () => parts.table.get(target)?.state }
}

describe('doubts', () => {
  it('make a member suspect, and offline when it does not refute in time', async () => {
    const { doubts, clock, state, gossip, timeout } = setUp()
    doubts.failed(target, silent)
    expect(state()).toBe('suspect')
    expect(gossip.along()).toMatchObject([{ kind: 'accusation', node: target, incarnation: 1 }])
    await clock.advance(timeout(1) - 1)
    expect(state()).toBe('suspect')
    await clock.advance(2)
    expect(state()).toBe('offline')
  })

  it('of others make us look, and nothing more', async () => {
    const { doubts, clock, state, checked } = setUp()
    doubts.heard(target, { incarnation: 1, by: accusers })
    await clock.advance(600_000)
    expect(checked.length).toBeGreaterThan(0)
    expect(state()).toBe('online')
  })

  it('shared by others leave less time', async () => {
    const { doubts, clock, state, timeout } = setUp()
    doubts.heard(target, { incarnation: 1, by: accusers.slice(0, 3) })
    doubts.failed(target, silent)
    await clock.advance(timeout(4) + 1)
    expect(timeout(4)).toBeLessThan(timeout(1) / 2)
    expect(state()).toBe('offline')
  })

  it('are kept to ourselves by who heard nobody', () => {
    const { doubts, state, gossip } = setUp({ deaf: true })
    doubts.failed(target, silent)
    expect(state()).toBe('suspect')
    expect(gossip.along()).toBeUndefined()
  })

  it('end with an answer, and are not passed on any more', async () => {
    const { doubts, clock, state, gossip } = setUp()
    doubts.failed(target, silent)
    doubts.answered(target)
    expect(gossip.along()).toBeUndefined()
    await clock.advance(600_000)
    expect(state()).toBe('online')
    expect(doubts.count()).toBe(0)
  })

  it('about another incarnation than the one we know are not taken up', () => {
    const { doubts } = setUp()
    for (const incarnation of [0, 2, Number.MAX_SAFE_INTEGER]) doubts.heard(target, { incarnation, by: accusers })
    expect(doubts.count()).toBe(0)
  })

  it('begin again when we were not running ourselves', async () => {
    const { doubts, clock, state, timeout } = setUp()
    doubts.failed(target, silent)
    await clock.advance(timeout(1) - 1)
    doubts.restart()
    await clock.advance(timeout(1) - 1)
    expect(state()).toBe('suspect')
  })
})
