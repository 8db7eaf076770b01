import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { firstOf, mayTryNext } from '../../../../electron/agent/routing/failover.ts'
import type { Hop } from '../../../../electron/agent/routing/hop.ts'

const unreachable = new FcnError('unreachable', 'Nothing answers.', { details: { addresses: [] } })
const brokenOff = new FcnError('unreachable', 'The connection broke off.')
const broken = new FcnError('bad_answer', 'It broke.')
const hop = (node: string): Hop => ({
  node,
  name: node,
  path: 'direct',
  request: () => Promise.reject(unreachable),
  upgrade: () => Promise.reject(unreachable),
})
const going = new AbortController().signal

describe('the next node may be asked', () => {
  it.each([
    ['GET', unreachable, false, true],
    ['POST', unreachable, false, true],
    ['POST', new FcnError('backend_failed', 'No.', { details: { sent: false } }), false, true],
    ['GET', broken, false, true],
    ['POST', broken, false, false],
    ['POST', brokenOff, false, false],
    ['GET', brokenOff, false, true],
    ['PUT', unreachable, true, false],
  ] as const)('%s after %s, body touched: %s → %s', (method, error, touched, expected) => {
    expect(mayTryNext(error, { method, touched })).toBe(expected)
  })
})

describe('asking one after another', () => {
  it('gives the first answer and who gave it', async () => {
    const ask = ({ node }: Hop) => (node === 'b' ? Promise.resolve(7) : Promise.reject(unreachable))
    const found = await firstOf([hop('a'), hop('b'), hop('c')], ask, () => ({ method: 'GET', touched: false }), going)
    expect(found).toMatchObject({ hop: { node: 'b' }, answer: 7 })
  })

  it('ends with everybody’s reason', async () => {
    const ask = () => Promise.reject(broken)
    const asked = firstOf([hop('a'), hop('b')], ask, () => ({ method: 'GET', touched: false }), going)
    await expect(asked).rejects.toMatchObject({ code: 'unreachable', details: { tried: [{ id: 'a', code: 'bad_answer' }, { id: 'b' }] } })
  })

  it('ends at once when the caller has gone', async () => {
    const gone = new AbortController()
    let asked = 0
    const ask = () => {
      asked++
      gone.abort(new Error('gone'))
      return Promise.reject(unreachable)
    }
    await expect(firstOf([hop('a'), hop('b')], ask, () => ({ method: 'GET', touched: false }), gone.signal)).rejects.toThrow('gone')
    expect(asked).toBe(1)
  })
})
