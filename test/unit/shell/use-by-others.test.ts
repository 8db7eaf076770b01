import { expect, test } from 'vitest'
import type { RateView } from '../../../electron/contract/routing.ts'
import { isUsedByOthers, quitQuestion, usersOf } from '../../../electron/shell/use-by-others.ts'
import { busyHub } from '../../fixtures/hubs.ts'
import { byId, capabilityNamed, firstSnapshot } from '../../fixtures/named-views.ts'

const user = (name: string) => ({ id: `node ${name}`, name })
const rate = (name: string, change: Partial<RateView> = {}): RateView => ({
  ...{ id: `from services ${name}`, peer: user(name), direction: 'from', what: 'services', underWay: 1 },
  ...{ requestsPerSecond: 0, bytesPerSecond: 0, ...change },
})
const usedBy = (...names: string[]) => ({ ai: capabilityNamed('ai', { enabled: true, state: 'ready', usedBy: names.map(user) }) })

test('users of capabilities and services are each counted once, by name', () => {
  const rates = byId(rate('oskar'), rate('mia'), rate('idle', { underWay: 0 }), rate('hub', { id: 'to ai hub', direction: 'to' }))
  expect(usersOf(firstSnapshot({ capabilities: usedBy('mia', 'attic'), rates })).map(({ name }) => name)).toEqual(['attic', 'mia', 'oskar'])
})

test('nobody is asked when nobody would notice', () => {
  expect(quitQuestion(firstSnapshot())).toBeNull()
  expect(isUsedByOthers(firstSnapshot())).toBe(false)
})

test.each([
  [['mia'], '1 peer uses this computer.', 'If you quit, what mia does here stops.'],
  [['mia', 'oskar'], '2 peers use this computer.', 'If you quit, what mia and oskar do here stops.'],
  [['a', 'b', 'c', 'd', 'e'], '5 peers use this computer.', 'If you quit, what a, b, c and 2 others do here stops.'],
])('%j are named', (names, message, first) => {
  const question = quitQuestion(firstSnapshot({ capabilities: usedBy(...names) }))
  expect(question?.message).toBe(message)
  expect(question?.detail.split('\n')[0]).toBe(first)
})

test('a hub asks too while members reach each other through it', () => {
  const snapshot = firstSnapshot({ hubs: byId(busyHub()) })
  expect(quitQuestion(snapshot)).toMatchObject({
    message: 'Peers reach each other through this computer.',
    detail: expect.stringMatching(/^2 pairs of members are connected through it/u) as string,
  })
  expect(isUsedByOthers(snapshot)).toBe(true)
})
