import { describe, expect, it } from 'vitest'
import { createLearning } from '../../../../../electron/agent/membership/swim/learning.ts'
import type { SyncOutcome } from '../../../../../electron/agent/membership/swim/sync.ts'
import { createSync } from '../../../../../electron/agent/membership/swim/sync.ts'
import { createSyncing } from '../../../../../electron/agent/membership/swim/syncing.ts'
import { createSignatures } from '../../../../mesh/signatures.ts'
import { createSwimParts, names, self } from '../../../../fakes/swim-parts.ts'

const other = 'NODE-0'

function setUp(own = self, members = names(4), signatures = createSignatures()) {
  const parts = createSwimParts({ self: own, members, signatures })
  const outcomes: SyncOutcome[] = []
  const offline: (readonly [string, number])[] = []
  const learning = createLearning({ ...parts, settled: () => undefined, outdated: () => undefined, forged: () => undefined })
  const believedOffline = (some: Iterable<readonly [string, number]>) => void offline.push(...some)
  const sync = createSync({ ...parts, learning, believedOffline })
  const syncing = createSyncing({ ...parts, sync, learning, believedOffline, done: (_node, outcome) => void outcomes.push(outcome) })
  return { ...parts, syncing, outcomes, offline }
}

/** Two nodes of one mesh; the first asks, the second answers. */
function setUpPair(members = names(4)) {
  const signatures = createSignatures()
  const asker = setUp(self, members, signatures)
  const answerer = setUp(other, [self, ...members.slice(1)], signatures)
  asker.whenAsked((_to, request) => answerer.syncing.answer(self, request))
  return { asker, answerer, states: (node: string) => [asker, answerer].map(({ table }) => table.get(node)?.state) }
}

describe('a full sync', () => {
  it('between equal tables is one question', async () => {
    const { asker } = setUpPair()
    await asker.syncing.withPeer(other)
    expect(asker.asked.map(({ request }) => request.type)).toEqual(['compare'])
    expect(asker.outcomes).toEqual([{ equal: true, offline: new Set() }])
  })

  it('gives each side what it lacks', async () => {
    const { asker, answerer, states } = setUpPair()
    asker.table.put(asker.member('OURS'))
    asker.table.put(asker.member('NODE-2', { version: 8, incarnation: 3 }))
    answerer.table.put(answerer.member('THEIRS'))
    answerer.table.put(answerer.member('NODE-3', { incarnation: 5, gone: true }))
    await asker.syncing.withPeer(other)
    for (const node of ['OURS', 'THEIRS', 'NODE-2']) expect(states(node)).toEqual(['online', 'online'])
    expect(states('NODE-3')).toEqual(['offline', 'offline'])
    expect(answerer.table.get('NODE-2')).toMatchObject({ record: { version: 8 }, statement: { incarnation: 3 } })
    expect(asker.table.buckets).toEqual(answerer.table.buckets)
  })

  it('brings together tables that have nothing in common, however large', async () => {
    const { asker, answerer } = setUpPair()
    for (const node of names(600)) asker.table.put(asker.member(`A-${node}`))
    for (const node of names(600)) answerer.table.put(answerer.member(`B-${node}`))
    await asker.syncing.withPeer(other)
    expect(asker.table.size).toBe(1_205)
    expect(asker.table.buckets).toEqual(answerer.table.buckets)
  })

  it('tells both sides whom the other believes offline, and convinces nobody', async () => {
    const { asker, answerer, states } = setUpPair()
    answerer.table.put(answerer.member('NODE-1', { verdict: 'offline' }))
    asker.table.put(asker.member('NODE-2', { verdict: 'offline' }))
    await asker.syncing.withPeer(other)
    expect(asker.offline).toEqual([['NODE-1', 1]])
    expect(answerer.offline).toEqual([['NODE-2', 1]])
    expect(states('NODE-1')).toEqual(['online', 'offline'])
  })

  it('becomes rare while nothing differs', async () => {
    const { syncing, clock, asked } = setUp()
    syncing.start()
    await clock.advance(30_000)
    const hurried = asked.length
    await clock.advance(300_000)
    expect(hurried).toBeGreaterThanOrEqual(5)
    expect(asked.length - hurried).toBeLessThanOrEqual(300 / 24 + 1)
  })

  it('that fails is reported, and no others are kept from happening', async () => {
    const { syncing, reports, outcomes, whenAsked } = setUp()
    whenAsked((to) => (to === other ? Promise.reject(new Error('unreachable')) : { type: 'same' }))
    await syncing.withPeer(other)
    await syncing.withPeer('NODE-1')
    expect(reports).toEqual([new Error('unreachable')])
    expect(outcomes.length).toBe(1)
  })
})

describe('missing facts', () => {
  it('are asked of somebody else when who has them cannot be reached', async () => {
    const { syncing, asked, whenAsked } = setUp()
    whenAsked((to) => (to === other ? Promise.reject(new Error('unreachable')) : { type: 'taken' }))
    await syncing.fetch(['NODE-3'], other)
    expect(asked.map(({ to }) => to)).toEqual([other, expect.not.stringMatching(other)])
  })

  it('are asked for once at a time', async () => {
    const { syncing, asked } = setUp()
    await Promise.all([syncing.fetch(['NODE-3'], other), syncing.fetch(['NODE-3'], 'NODE-1')])
    expect(asked.length).toBe(1)
  })
})

describe('a stranger', () => {
  it('is told nothing, and may show its own record only', async () => {
    const { syncing, table, member } = setUp()
    for (const request of [
      { type: 'compare' as const, root: '' },
      { type: 'fetch' as const, nodes: [other] },
      { type: 'entries' as const, buckets: [1], entries: [] },
    ])
      expect(syncing.answer('NEW', request)).toEqual({ type: 'stranger' })
    const facts = ['NEW', 'FRIEND']
      .map((node) => member(node))
      .map(({ node, record, statement, notice }) => ({ node, record, statement, notice }))
    expect(await syncing.answer('NEW', { type: 'give', facts })).toEqual({ type: 'taken' })
    expect(table.get('NEW')?.state).toBe('online')
    expect(table.get('FRIEND')).toBeUndefined()
  })
})
