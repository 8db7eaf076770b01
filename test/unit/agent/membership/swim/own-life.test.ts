import { describe, expect, it } from 'vitest'
import { guardRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { createSwimParts, self } from '../../../../fakes/swim-parts.ts'

describe('the own life of a node', () => {
  it('is proven anew when somebody doubts it, to the accuser at once', () => {
    const { ownLife, messages, trust } = createSwimParts()
    ownLife.accused(1, 'NODE-2')
    const statement = ownLife.statement()
    expect(statement).toMatchObject({ node: self, incarnation: 2, gone: false })
    expect(statement && trust.checkStatement(statement, { node: self, version: 2, left: false, token: '' })).toBe(true)
    expect(messages('gossip')).toEqual([{ to: 'NODE-2', type: 'gossip', rumours: [{ kind: 'statement', statement }] }])
  })

  it('answers a doubt that is out of date with what it said already', () => {
    const { ownLife, messages } = createSwimParts()
    ownLife.accused(1)
    ownLife.accused(1, 'NODE-2')
    expect(ownLife.statement()?.incarnation).toBe(2)
    expect(messages('gossip').map(({ to }) => to)).toEqual(['NODE-2'])
  })

  it('does not mind a doubt about what it has not said yet', () => {
    const { ownLife, sent } = createSwimParts()
    ownLife.accused(Number.MAX_SAFE_INTEGER, 'NODE-2')
    expect(ownLife.statement()?.incarnation).toBe(1)
    expect(sent).toEqual([])
  })

  it('does not sign all day because it is slandered all day', async () => {
    const { ownLife, clock } = createSwimParts()
    for (let tick = 0; tick < 1_000; tick++) {
      ownLife.accused(ownLife.statement()?.incarnation ?? 0)
      await clock.advance(10)
    }
    const { burst, perSecond } = guardRules.refutations
    expect(ownLife.statement()?.incarnation).toBeLessThanOrEqual(1 + burst + 10 * perSecond + 1)
    expect(ownLife.statement()?.incarnation).toBeGreaterThanOrEqual(10 * perSecond)
  })

  it('goes on after the number that an earlier life had reached', () => {
    const { ownLife } = createSwimParts()
    ownLife.outlived(41)
    expect(ownLife.statement()?.incarnation).toBe(42)
  })

  it('ends with a farewell, and nothing is said afterwards', async () => {
    const { ownLife, table } = createSwimParts()
    const statement = await ownLife.farewell()
    expect(statement).toMatchObject({ incarnation: 2, gone: true })
    ownLife.accused(2)
    ownLife.announce()
    expect(table.get(self)?.statement).toBe(statement)
  })
})
