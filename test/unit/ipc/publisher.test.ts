import { beforeEach, expect, test } from 'vitest'
import type { Change } from '../../../electron/contract/patch.ts'
import { createEmitter, type Emitter } from '../../../electron/agent/support/signal.ts'
import { createPublisher } from '../../../electron/ipc/publisher.ts'
import { createFakeClock, type FakeClock } from '../../fakes/fake-clock.ts'

let clock: FakeClock
let changes: Emitter<Change>
let sent: number[][]
let open: boolean
let end: () => void

const announce = (...revisions: number[]) => revisions.forEach((revision) => changes.emit({ epoch: 'e', revision, patches: [] }))

beforeEach(() => {
  clock = createFakeClock()
  changes = createEmitter<Change>()
  sent = []
  open = true
  const page = { isOpen: () => open, send: (merged: Change[]) => void sent.push(merged.map(({ revision }) => revision)) }
  end = createPublisher({ clock, changes, page })
})

test('changes of one moment travel together, in order', async () => {
  announce(1, 2, 3)
  await clock.advance(100)
  announce(4)
  await clock.advance(100)
  expect(sent).toEqual([[1, 2, 3], [4]])
})

test('does nothing while no window is open', async () => {
  open = false
  announce(1, 2)
  expect(clock.pending).toBe(0)
  await clock.advance(100)
  expect(sent).toEqual([])
})

test('a flood is cut off so that the page notices the gap', async () => {
  announce(...Array.from({ length: 501 }, (_, index) => index + 1))
  await clock.advance(100)
  expect(sent).toEqual([[501]])
})

test('sends nothing after its end', async () => {
  announce(1)
  end()
  announce(2)
  await clock.advance(100)
  expect(sent).toEqual([])
})
