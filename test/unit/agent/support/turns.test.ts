import { describe, expect, it } from 'vitest'
import { createTurns } from '../../../../electron/agent/support/turns.ts'

describe('tasks in turn', () => {
  it('begin one after the other, in the order they were given', async () => {
    const inTurn = createTurns()
    const said: string[] = []
    const task = (name: string, turns: number) => async () => {
      said.push(`${name} begins`)
      for (let turn = 0; turn < turns; turn++) await Promise.resolve()
      said.push(`${name} ends`)
      return name
    }
    expect(await Promise.all([inTurn(task('slow', 20)), inTurn(task('quick', 0))])).toEqual(['slow', 'quick'])
    expect(said).toEqual(['slow begins', 'slow ends', 'quick begins', 'quick ends'])
  })

  it('give their callers the error, and the next one its turn', async () => {
    const inTurn = createTurns()
    const failed = inTurn(async () => {
      throw new Error('it fails')
    })
    const next = inTurn(async () => 'done')
    await expect(failed).rejects.toThrow('it fails')
    expect(await next).toBe('done')
  })
})
