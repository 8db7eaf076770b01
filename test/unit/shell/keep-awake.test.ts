import { beforeEach, describe, expect, test } from 'vitest'
import { createEmitter, type Emitter } from '../../../electron/agent/support/signal.ts'
import type { RateView } from '../../../electron/contract/routing.ts'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { keepAwake } from '../../../electron/shell/keep-awake.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'
import { byId, firstSnapshot } from '../../fixtures/named-views.ts'
import { notPaused } from '../../fixtures/sharing.ts'

const minute = 60_000

/** A blocker that counts what is held, and complains about what is not. */
function createBlocker() {
  const held = new Set<number>()
  let next = 1
  return {
    held,
    start(kind: string) {
      expect(kind).toBe('prevent-app-suspension')
      held.add(next)
      return next++
    },
    stop(id: number) {
      if (!held.delete(id)) throw new Error(`${id} is not held`)
      return true
    },
  }
}

const work = (change: Partial<RateView> = {}): RateView => ({
  id: 'from ai mia',
  peer: { id: 'mia', name: 'mia-laptop' },
  direction: 'from',
  what: 'ai',
  underWay: 1,
  requestsPerSecond: 0,
  bytesPerSecond: 2_000,
  ...change,
})

let clock: FakeClock
let changed: Emitter<void>
let blocker: ReturnType<typeof createBlocker>
let state: Snapshot | null
let end: () => void

beforeEach(() => {
  clock = createFakeClock()
  changed = createEmitter()
  blocker = createBlocker()
  state = firstSnapshot()
  end = keepAwake({ powerSaveBlocker: blocker, clock, changed, snapshot: () => state })
})

function become(next: Snapshot | null): void {
  state = next
  changed.emit()
}
const working = (rate: Partial<RateView> = {}, more: Parameters<typeof firstSnapshot>[0] = {}) =>
  firstSnapshot({ rates: byId(work(rate)), ...more })

test('the computer is kept awake while a peer has work done here, by one assertion, and not afterwards', () => {
  become(working())
  become(working({ bytesPerSecond: 9 }))
  expect(blocker.held.size).toBe(1)
  become(firstSnapshot())
  expect(blocker.held.size).toBe(0)
  expect(clock.pending).toBe(0)
})

describe('it may sleep', () => {
  test.each<[string, Snapshot]>([
    ['while this node uses others', working({ direction: 'to' })],
    ['when the work is over', working({ underWay: 0 })],
    ['on battery', working({}, { sharing: { ...notPaused, presence: { ...notPaused.presence, onBattery: true } } })],
    ['when its person says so', working({}, { settings: { ...firstSnapshot().settings, keepAwake: false } })],
  ])('%s', (_when, snapshot) => {
    become(snapshot)
    expect(blocker.held.size).toBe(0)
  })

  test('when the node stops, and when the program ends', () => {
    become(working())
    become(null)
    expect(blocker.held.size).toBe(0)
    become(working())
    end()
    expect(blocker.held.size).toBe(0)
    become(working())
    expect(blocker.held.size).toBe(0)
  })
})

test('a power source that nobody knows is no battery', () => {
  become(working({}, { sharing: { ...notPaused, presence: { ...notPaused.presence, onBattery: null } } }))
  expect(blocker.held.size).toBe(1)
})

test('a connection that is only held open keeps nothing awake for longer than ten minutes', async () => {
  become(working())
  become(working({ bytesPerSecond: 0 }))
  await clock.advance(9 * minute)
  expect(blocker.held.size).toBe(1)
  await clock.advance(minute)
  expect(blocker.held.size).toBe(0)
  become(working({ bytesPerSecond: 50 }))
  expect(blocker.held.size).toBe(1)
})
