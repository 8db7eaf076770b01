import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createRetryBudget } from '../../../../electron/agent/routing/retry-budget.ts'
import { isRepeatable, mayAskAgain, verdictOn } from '../../../../electron/agent/routing/retry-rules.ts'
import { nobodyServed } from '../../../../electron/agent/routing/why-failed.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

describe('another node may be asked', () => {
  it.each([
    // sent, repeatable, replayable
    [false, false, true, true],
    [false, true, false, false],
    [true, false, true, false],
    [true, true, true, true],
    [true, true, false, false],
  ])('sent: %s, repeatable: %s, body at hand: %s → %s', (sent, repeatable, replayable, expected) => {
    expect(mayAskAgain({ sent, repeatable, replayable })).toBe(expected)
  })

  it('with methods that may be repeated, or a key by which the service knows a repetition', () => {
    expect(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'].map((method) => isRepeatable(method, {}))).not.toContain(false)
    expect(['POST', 'PATCH', 'PROPFIND'].map((method) => isRepeatable(method, {}))).not.toContain(true)
    expect(isRepeatable('POST', { 'idempotency-key': '"1"' })).toBe(true)
  })
})

describe('an answer', () => {
  it.each([
    [200, {}, 'good'],
    [404, {}, 'good'],
    [500, {}, 'good'],
    [429, {}, 'bad'],
    [429, { 'x-fcn-error': 'too_many', 'x-fcn-executed': 'no' }, 'refused unseen'],
    [502, {}, 'bad'],
    [504, {}, 'bad'],
    [503, {}, 'refused unseen'],
    [502, { 'x-fcn-error': 'backend_failed' }, 'refused'],
    [502, { 'x-fcn-error': 'backend_failed', 'x-fcn-executed': 'no' }, 'refused unseen'],
    [403, { 'x-fcn-error': 'not_granted', 'x-fcn-executed': 'no' }, 'refused unseen'],
    [508, { 'x-fcn-error': 'loop', 'x-fcn-executed': 'no' }, 'good'],
    [200, { 'x-fcn-error': 'busy' }, 'good'],
  ] as const)('%i with %o is %s', (status, headers, verdict) => expect(verdictOn(status, headers)).toBe(verdict))
})

describe('the retry budget', () => {
  it('allows a fifth of the requests, and a few each second beside', async () => {
    const clock = createFakeClock()
    const budget = createRetryBudget({ clock })
    const drain = () => {
      let allowed = 0
      while (budget.withdraw()) allowed++
      return allowed
    }
    expect(drain()).toBe(10)
    await clock.advance(500)
    expect(drain()).toBe(5)
    for (let request = 0; request < 100; request++) budget.deposit()
    expect(drain()).toBeGreaterThanOrEqual(19)
    for (let request = 0; request < 100_000; request++) budget.deposit()
    expect(drain()).toBeLessThanOrEqual(100)
  })
})

describe('when nobody could serve', () => {
  const error = new FcnError('backend_failed', 'It broke.', { action: 'Start it.', details: { reason: 'ECONNRESET' } })
  const tried = (id: string) => ({ id, name: `node ${id}`, code: error.code, message: error.message, error })

  it('the reason of the only one is told as it is, with who it was', () => {
    expect(nobodyServed([tried('a')]).toFailure()).toMatchObject({
      ...{ code: 'backend_failed', message: 'It broke.', action: 'Start it.' },
      details: { reason: 'ECONNRESET', peer: { id: 'a', name: 'node a' }, tried: [{ id: 'a' }] },
    })
  })

  it('everybody’s reason is told', () => {
    expect(nobodyServed([tried('a'), tried('b')])).toMatchObject({
      code: 'unreachable',
      details: { tried: [{ id: 'a', code: 'backend_failed' }, { id: 'b' }] },
    })
  })

  it('nobody to ask is an error of its own', () => expect(nobodyServed([]).code).toBe('no_peer'))
})
