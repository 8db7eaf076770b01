import { beforeAll, describe, expect, it } from 'vitest'
import { positions } from './counting-service.ts'
import { type Killing, killServingNodes } from './kill-rounds.ts'
import { judge, type Verdict } from './kill-verdict.ts'

/** One kill at each position; `npm run bench -- faults` makes 200. */
describe('when the node that serves is killed', () => {
  let killing: Killing
  let verdict: Verdict

  beforeAll(async () => {
    killing = await killServingNodes({ rounds: 1, each: 3 })
    verdict = judge(killing.outcomes)
  })

  it('at every position once', () => {
    expect(killing.kills).toBe(positions.length)
    expect(new Set(killing.outcomes.map(({ position }) => position)).size).toBe(positions.length + 1)
  })

  it('every request ends well, or with an error that says why, or visibly in the middle of its answer', () => {
    expect(verdict.dishonest).toEqual([])
  })

  it('every request ends within its deadline', () => {
    expect(verdict.late).toEqual([])
  })

  it('nothing is sent to a second node that must not be done twice', () => {
    expect(verdict.repeated).toEqual([])
  })

  it('idempotent requests whose answer had not begun succeed by way of the other node', () => {
    expect(verdict.lost).toEqual([])
    expect(verdict.idempotent).toBeGreaterThan(positions.length * 9)
  })
})
