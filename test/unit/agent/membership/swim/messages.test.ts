import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAnswer, parseMessage, parseRequest } from '../../../../../electron/agent/membership/swim/messages.ts'

/** Something like a message, with anything in its places. */
const almost = fc.record({
  type: fc.constantFrom(
    'ping',
    'ack',
    'ask',
    'answered',
    'unanswered',
    'stranger',
    'gossip',
    'compare',
    'entries',
    'give',
    'fetch',
    'facts',
    'toString',
  ),
  seq: fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null)),
  target: fc.anything(),
  accused: fc.anything(),
  errand: fc.anything(),
  rumours: fc.oneof(
    fc.anything(),
    fc.array(
      fc.record({ kind: fc.constantFrom('statement', 'accusation', 'have', '__proto__'), node: fc.string(), version: fc.anything() }),
    ),
  ),
  facts: fc.anything(),
  entries: fc.anything(),
})

describe('messages', () => {
  it('of any shape are read or refused, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), almost, fc.jsonValue()), (value) => {
        for (const parse of [parseMessage, parseRequest, parseAnswer]) {
          const parsed = parse(value)
          expect(parsed === null || typeof parsed.type === 'string').toBe(true)
        }
      }),
    )
  })

  it('that are short are as strictly read as others', () => {
    for (const type of ['ping', 'ack']) {
      expect(parseMessage({ type, seq: 0 })).toEqual({ type, seq: 0 })
      expect(parseMessage({ type, rumours: [] })).toBeNull()
      for (const seq of [-1, 0.5, NaN, Infinity, 2 ** 53, '1', null, [1]]) expect(parseMessage({ type, seq })).toBeNull()
    }
    expect(parseMessage({ type: 'gossip', seq: 1 })).toBeNull()
  })

  it('drop fields they do not know', () => {
    expect(parseMessage({ type: 'ping', seq: 1, later: true })).toEqual({ type: 'ping', seq: 1 })
  })

  it('refuse numbers that are none, texts that are too long, and facts of two nodes', () => {
    const statement = { node: 'a', incarnation: 1, gone: false, token: 't' }
    const gossip = (rumour: unknown) => parseMessage({ type: 'gossip', rumours: [rumour] })
    expect(gossip({ kind: 'statement', statement })).not.toBeNull()
    expect(gossip({ kind: 'statement', statement: { ...statement, incarnation: -1 } })).toBeNull()
    expect(gossip({ kind: 'statement', statement: { ...statement, incarnation: 1e300 } })).toBeNull()
    expect(gossip({ kind: 'statement', statement: { ...statement, token: 'x'.repeat(1000) } })).toBeNull()
    expect(gossip({ kind: 'statement', statement: { ...statement, token: 'ü' } })).toBeNull()
    const facts = { node: 'b', record: null, statement, notice: null }
    expect(parseRequest({ type: 'give', facts: [facts] })).toBeNull()
    expect(parseRequest({ type: 'give', facts: [{ ...facts, node: 'a' }] })).not.toBeNull()
    expect(
      parseMessage({ type: 'gossip', rumours: Array.from({ length: 100 }, () => ({ kind: 'have', node: 'a', version: 1 })) }),
    ).toBeNull()
  })
})
