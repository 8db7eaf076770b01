import { describe, expect, it } from 'vitest'
import { createAnswering } from '../../../../../electron/agent/membership/swim/answering.ts'
import { guardRules, swimRules } from '../../../../../electron/agent/membership/swim/rules.ts'
import { createSwimParts, names, self } from '../../../../fakes/swim-parts.ts'

const nonce = 'nonce-of-asker'
const ask = { type: 'ask', seq: 5, target: 'NODE-1', nonce } as const

function setUp() {
  const parts = createSwimParts({ members: names(100) })
  return { ...parts, answering: createAnswering(parts) }
}

describe('a node that is asked', () => {
  it('answers a ping', () => {
    const { answering, sent } = setUp()
    answering.onPing('NODE-0', { type: 'ping', seq: 3 })
    expect(sent).toEqual([{ to: 'NODE-0', message: { type: 'ack', seq: 3 } }])
  })

  it('refutes what the ping says', () => {
    const { answering, messages } = setUp()
    answering.onPing('NODE-0', { type: 'ping', seq: 3, accused: 1 })
    expect(messages('gossip')).toMatchObject([{ to: 'NODE-0', rumours: [{ statement: { node: self, incarnation: 2 } }] }])
  })

  it('signs for an asker whom a helper speaks for, as often as it can afford', () => {
    const { answering, messages, signatures } = setUp()
    for (let seq = 0; seq < 1_000; seq++) answering.onPing('NODE-0', { type: 'ping', seq, errand: { asker: 'NODE-9', nonce } })
    const acks = messages('ack')
    expect(acks.length).toBe(guardRules.proofs.burst)
    const proof = { node: self, asker: 'NODE-9', nonce, token: acks[0]?.proof ?? '' }
    expect(signatures.trustOf('NODE-9').checkProof(proof, { node: self, version: 2, left: false, token: '' })).toBe(true)
  })
})

describe('a helper', () => {
  it('asks the target and carries the proof back', () => {
    const { answering, messages } = setUp()
    answering.onAsk('NODE-0', ask)
    const [ping] = messages('ping')
    expect(ping).toMatchObject({ to: 'NODE-1', errand: { asker: 'NODE-0', nonce } })
    answering.onProof('NODE-1', ping?.seq ?? -1, 'proof')
    expect(messages('answered')).toMatchObject([{ to: 'NODE-0', seq: 5, target: 'NODE-1', proof: 'proof' }])
  })

  it('takes the proof from nobody but the target', () => {
    const { answering, messages } = setUp()
    answering.onAsk('NODE-0', ask)
    answering.onProof('NODE-2', messages('ping')[0]?.seq ?? -1, 'proof')
    expect(messages('answered')).toEqual([])
  })

  it('says that it got no answer, at once when it was refused', async () => {
    const { answering, clock, messages } = setUp()
    answering.onAsk('NODE-0', ask)
    await clock.advance(swimRules.helperTimeout)
    answering.onAsk('NODE-2', ask)
    answering.onRefused('NODE-1')
    expect(messages('unanswered').map(({ to, target }) => [to, target])).toEqual([
      ['NODE-0', 'NODE-1'],
      ['NODE-2', 'NODE-1'],
    ])
  })

  it('runs so many errands at a time, and none to itself, to the asker or to a stranger', () => {
    const { answering, messages } = setUp()
    for (const target of [self, 'NODE-0', 'NOBODY']) answering.onAsk('NODE-0', { ...ask, target })
    expect(messages('ping')).toEqual([])
    for (const target of names(100)) answering.onAsk('NODE-0', { ...ask, target })
    expect(messages('ping').length).toBe(guardRules.errands)
  })

  it('stops with its node', async () => {
    const { answering, clock, messages } = setUp()
    answering.onAsk('NODE-0', ask)
    answering.abandon()
    await clock.advance(10_000)
    expect(messages('unanswered')).toEqual([])
  })
})
