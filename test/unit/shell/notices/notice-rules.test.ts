import { describe, expect, test } from 'vitest'
import { placeOfCapability, placeOfPeer, placeOfRequest } from '../../../../electron/contract/place.ts'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import { noticesFor, nothingSeen, peerPatience, type Told } from '../../../../electron/shell/notices/notice-rules.ts'
import { byId, firstSnapshot, peerNamed, requestNamed, warningNamed } from '../../../fixtures/named-views.ts'

/** What is told as one state after the other is seen, each so many ms after the beginning. */
function follow(...states: [at: number, Snapshot][]): Told[] {
  const told: Told[] = []
  for (const [at, snapshot] of states) told.push(noticesFor(told.at(-1)?.seen ?? nothingSeen, snapshot, at))
  return told
}
const titles = (told: Told[]) => told.map(({ notices }) => notices.map(({ title }) => title))
const settingsWith = (change: Partial<Snapshot['settings']>) => ({ ...firstSnapshot().settings, ...change })

describe('a request', () => {
  const waiting = () => firstSnapshot({ node: { state: 'attention' }, requests: byId(requestNamed('lena-dock')) })

  test('is told once, leads to its card, and is taken away when it is decided', () => {
    const told = follow([0, firstSnapshot()], [1, waiting()], [2, waiting()], [3, firstSnapshot()])
    expect(titles(told)).toEqual([[], ['lena-dock asks to join Home'], [], []])
    expect(told[1]?.notices[0]).toMatchObject({ place: placeOfRequest('request lena-dock'), quiet: false })
    expect(told.map(({ over }) => over)).toEqual([[], [], [], ['request request lena-dock']])
  })

  test('that waited before the program was started is told too', () => {
    expect(titles(follow([0, waiting()]))).toEqual([['lena-dock asks to join Home']])
  })

  test('is not told when that is switched off, and not later either', () => {
    const off = { ...waiting(), settings: settingsWith({ notifyRequests: false }) }
    expect(titles(follow([0, off], [1, waiting()]))).toEqual([[], []])
  })
})

describe('a capability', () => {
  const broken = (change: Partial<Snapshot> = {}) =>
    firstSnapshot({
      health: {
        capability_ai: warningNamed('AI does not work', { code: 'capability_ai', text: 'Nothing answers.', action: 'Start Ollama.' }),
        no_network: warningNamed('No network', { code: 'no_network' }),
      },
      ...change,
    })

  test('that does not work is told with what helps, and leads to its card; other warnings are for the window', () => {
    const [told] = follow([0, broken()])
    expect(told?.notices).toEqual([
      {
        id: 'warning capability_ai',
        title: 'AI does not work',
        body: 'Nothing answers. Start Ollama.',
        place: placeOfCapability('ai'),
        quiet: false,
      },
    ])
  })

  test('that works again is told again when it breaks once more', () => {
    const told = follow([0, broken()], [1, firstSnapshot()], [2, broken()])
    expect(titles(told)).toEqual([['AI does not work'], [], ['AI does not work']])
    expect(told[1]?.over).toEqual(['warning capability_ai'])
  })

  test('is not told when that is switched off', () => {
    expect(titles(follow([0, broken({ settings: settingsWith({ notifyCapabilities: false }) })]))).toEqual([[]])
  })
})

describe('a peer', () => {
  const settings = settingsWith({ notifyPeers: true })
  const household = (states: Record<string, 'online' | 'suspect' | 'offline'>, state: Snapshot['node']['state'] = 'online') =>
    firstSnapshot({
      node: { state },
      settings,
      peers: byId(...Object.entries(states).map(([name, each]) => peerNamed(name, { state: each }))),
    })
  const both = household({ mia: 'online', nas: 'online' })
  const miaGone = household({ mia: 'offline', nas: 'online' })

  test('is quiet by default: nothing is told', () => {
    const unset = (snapshot: Snapshot): Snapshot => ({ ...snapshot, settings: settingsWith({}) })
    expect(titles(follow([0, unset(both)], [1, unset(miaGone)], [peerPatience + 1, unset(miaGone)]))).toEqual([[], [], []])
  })

  test('that is gone for three minutes is told once and without a sound, and leads to its details', () => {
    const told = follow([0, both], [1_000, miaGone], [1_000 + peerPatience, miaGone], [2_000 + peerPatience, miaGone])
    expect(titles(told)).toEqual([[], [], ['mia is offline'], []])
    expect(told[2]?.notices[0]).toMatchObject({ quiet: true, place: placeOfPeer('peer mia') })
    expect(told[1]?.lookAgain).toBe(peerPatience)
  })

  test('that is back in time was not lost; what was told is taken away when it comes back', () => {
    const back = follow([0, both], [1, miaGone], [2, both], [peerPatience + 1, both])
    expect(titles(back)).toEqual([[], [], [], []])
    const late = follow([0, both], [1, miaGone], [1 + peerPatience, miaGone], [2 + peerPatience, both])
    expect(late[3]?.over).toEqual(['peers lost'])
  })

  test('that never was there in this run is not lost', () => {
    expect(titles(follow([0, miaGone], [peerPatience, miaGone]))).toEqual([[], []])
  })

  test('is not lost when none is reached: then it is this computer that has no network', () => {
    const alone = household({ mia: 'offline', nas: 'offline' }, 'alone')
    expect(titles(follow([0, both], [1, alone], [1 + peerPatience, alone]))).toEqual([[], [], []])
  })

  test('is told together with the others that go', () => {
    const three = household({ mia: 'online', nas: 'online', hub: 'online' })
    const left = household({ mia: 'offline', nas: 'offline', hub: 'online' })
    const [, , told] = follow([0, three], [1, left], [1 + peerPatience, left])
    expect(told?.notices).toMatchObject([{ title: '2 peers are offline', body: 'mia, nas', place: { path: '/peers' } }])
  })
})
