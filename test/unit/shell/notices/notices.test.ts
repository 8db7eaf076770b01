import { EventEmitter } from 'node:events'
import { beforeEach, expect, test } from 'vitest'
import { createEmitter, type Emitter } from '../../../../electron/agent/support/signal.ts'
import { addressOf } from '../../../../electron/contract/place.ts'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import { followNotices } from '../../../../electron/shell/notices/notices.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { byId, firstSnapshot, peerNamed, requestNamed } from '../../../fixtures/named-views.ts'

let shown: Shown[]
class Shown extends EventEmitter {
  static isSupported = () => true
  readonly title: string
  constructor({ title }: { title: string }) {
    super()
    this.title = title
  }
  show = () => void shown.push(this)
  close() {
    if (!shown.includes(this)) return
    shown = shown.filter((each) => each !== this)
    this.emit('close')
  }
}

let clock: FakeClock
let changed: Emitter<void>
let state: Snapshot | null
let isLookedAt: boolean
let opened: string[]
let end: () => void

beforeEach(() => {
  shown = []
  clock = createFakeClock()
  changed = createEmitter()
  state = firstSnapshot()
  isLookedAt = false
  opened = []
  end = followNotices({
    Notification: Shown as never,
    ...{ clock, log: createKeptLog(), changed, snapshot: () => state, isLookedAt: () => isLookedAt },
    show: (place) => void opened.push(addressOf(place)),
  })
})

const become = (next: Snapshot | null) => {
  state = next
  changed.emit()
}
const asking = (...names: string[]) => firstSnapshot({ requests: byId(...names.map((name) => requestNamed(name))) })
const titles = () => shown.map(({ title }) => title)

test('a click leads to what it is about', () => {
  become(asking('lena-dock'))
  shown[0]?.emit('click')
  expect(opened).toEqual(['/?open=approve&request=request+lena-dock'])
})

test('what is over goes away, and all of it at the end', () => {
  become(asking('a', 'b'))
  become(asking('b'))
  expect(titles()).toEqual(['b asks to join Home'])
  end()
  expect(titles()).toEqual([])
  become(asking('c'))
  expect(titles()).toEqual([])
})

test('nothing is shown to a person who looks at the window, nor told later', () => {
  isLookedAt = true
  become(asking('a'))
  isLookedAt = false
  become(asking('a'))
  expect(titles()).toEqual([])
})

test('at most five at once, the newest', () => {
  for (let count = 1; count <= 7; count++) become(asking(...['a', 'b', 'c', 'd', 'e', 'f', 'g'].slice(0, count)))
  expect(titles()).toEqual(['c', 'd', 'e', 'f', 'g'].map((name) => `${name} asks to join Home`))
})

test('a lost peer is told when its time has come, although nothing changes then', async () => {
  const settings = { ...firstSnapshot().settings, notifyPeers: true }
  const seen = (mia: 'online' | 'offline') =>
    firstSnapshot({
      node: { state: 'online' },
      settings,
      peers: byId(peerNamed('mia', { state: mia }), peerNamed('nas', { state: 'online' })),
    })
  become(seen('online'))
  become(seen('offline'))
  expect(titles()).toEqual([])
  await clock.advance(3 * 60_000)
  expect(titles()).toEqual(['mia is offline'])
})
