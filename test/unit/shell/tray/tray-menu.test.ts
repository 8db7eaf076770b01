import { describe, expect, test } from 'vitest'
import { placeOfCapability, placeOfPeer, placeOfRequest } from '../../../../electron/contract/place.ts'
import type { PausedView } from '../../../../electron/contract/sharing.ts'
import type { Snapshot } from '../../../../electron/contract/snapshot.ts'
import { type TrayItem, trayMenu } from '../../../../electron/shell/tray/tray-menu.ts'
import { byId, capabilityNamed, meshNamed, peerNamed, requestNamed, firstSnapshot } from '../../../fixtures/named-views.ts'
import { pausedFrom } from '../../../fixtures/sharing.ts'
import { drawn } from './drawn-menu.ts'

const all = (items: TrayItem[]): TrayItem[] => items.flatMap((item) => (item.kind === 'submenu' ? [item, ...all(item.items)] : [item]))
const find = (snapshot: Snapshot, label: string) => all(trayMenu(snapshot, now)).find((item) => 'label' in item && item.label === label)

/** In local time, as people see it. */
const now = new Date(2026, 10, 22, 9, 41).getTime()

const offer = ['(Offer)', '[ ] Storage', '[ ] Compute', '[ ] AI', '[ ] Gateway', '[ ] Archive', '---']
const pause = ['Pause sharing >', '  For 1 hour', '  Until tomorrow, 6:00', '  Until I resume', '---']
const end = [...pause, 'Join or invite…', 'Open Free Compute Node', '---', 'Quit']

test('a new node', () => {
  expect(drawn(trayMenu(firstSnapshot(), now))).toEqual(['(Alone, no peers yet)', '(Sharing nothing)', '---', ...offer, ...end])
})

test('a node in use, with a request', () => {
  const snapshot = firstSnapshot({
    node: { state: 'attention' },
    requests: byId(requestNamed('lena-dock')),
    meshes: byId(meshNamed('Maple Street', { members: 5, online: 3 }), meshNamed('Film club')),
    peers: byId(
      ...(['online', 'suspect', 'offline', 'left', 'removed'] as const).map((state) =>
        peerNamed(`${state}-pc`, { state, meshes: ['mesh Maple Street'] }),
      ),
    ),
    capabilities: {
      storage: capabilityNamed('storage', { enabled: true, state: 'ready', backend: 'http://127.0.0.1:9000' }),
      ai: capabilityNamed('ai', { enabled: true, state: 'ready', backend: 'http://127.0.0.1:11434' }),
      gateway: capabilityNamed('gateway', { enabled: true, state: 'starting', backend: 'http://127.0.0.1:8080' }),
      archive: capabilityNamed('archive', { enabled: true, state: 'problem', backend: 'http://127.0.0.1:8081' }),
    },
  })
  expect(drawn(trayMenu(snapshot, now))).toEqual([
    '(Online, one request waits)',
    '(Sharing storage and AI)',
    '---',
    'Review lena-dock’s request…',
    '---',
    'Film club, 1 of 1 online >',
    '  (No other members yet)',
    '  ---',
    '  All peers…',
    'Maple Street, 3 of 5 online >',
    '  online-pc',
    '  suspect-pc, checking…',
    '  offline-pc, offline',
    '  ---',
    '  All peers…',
    '---',
    '(Offer)',
    '[x] Storage',
    '[ ] Compute',
    '[x] AI',
    '[x] Gateway, starting…',
    '[x] Archive, has a problem',
    '---',
    ...end,
  ])
})

describe('a pause', () => {
  const capabilities = (paused: PausedView | null) => ({
    ai: capabilityNamed('ai', { enabled: true, state: 'paused', backend: 'http://127.0.0.1:11434', paused }),
  })
  const until = new Date(2026, 10, 22, 10, 30).getTime()

  test('by a person is said first, and can be ended', () => {
    const sharing = pausedFrom(now, until)
    const snapshot = firstSnapshot({ node: { state: 'paused' }, sharing, capabilities: capabilities({ why: 'person', until }) })
    expect(drawn(trayMenu(snapshot, now))).toEqual([
      '(Paused until 10:30, 49 min left)',
      '(Sharing nothing)',
      '---',
      ...['(Offer)', '[ ] Storage', '[ ] Compute', '[x] AI, paused', '[ ] Gateway', '[ ] Archive', '---'],
      ...['Resume sharing, 49 min left', '---', ...end.slice(pause.length)],
    ])
    expect(find(snapshot, 'Resume sharing, 49 min left')).toMatchObject({ action: { do: 'resume' } })
  })

  test('until somebody resumes has no time left', () => {
    const labels = drawn(trayMenu(firstSnapshot({ node: { state: 'paused' }, sharing: pausedFrom(now, null) }), now))
    expect(labels[0]).toBe('(Paused until you resume)')
    expect(labels).toContain('Resume sharing')
  })

  test('stands below what needs the user', () => {
    const snapshot = firstSnapshot({
      node: { state: 'attention' },
      requests: byId(requestNamed('lena-dock')),
      sharing: pausedFrom(now, until),
    })
    expect(drawn(trayMenu(snapshot, now)).slice(0, 2)).toEqual(['(Online, one request waits)', '(Sharing paused until 10:30, 49 min left)'])
  })

  test.each([
    [{ why: 'in_use', until: null }, '[x] AI, paused while you use this computer'],
    [{ why: 'battery', until: null }, '[x] AI, paused on battery'],
    [{ why: 'hours', until: new Date(2026, 10, 22, 22, 0).getTime() }, '[x] AI, paused until 22:00'],
    [{ why: 'hours', until: new Date(2026, 10, 23, 6, 5).getTime() }, '[x] AI, paused until tomorrow at 6:05'],
    [{ why: 'disk', until: null }, '[x] AI, paused, little disk is free'],
    [{ why: 'memory', until: null }, '[x] AI, paused, little memory is free'],
    [{ why: 'processor', until: null }, '[x] AI, paused, the processor is busy'],
  ] as const)('by a condition is said beside its capability: %j', (paused, label) => {
    expect(drawn(trayMenu(firstSnapshot({ capabilities: capabilities(paused) }), now))).toContain(label)
  })

  test('is asked for by a click', () => {
    expect(find(firstSnapshot(), 'For 1 hour')).toMatchObject({ action: { do: 'pause', for: 'hour' } })
    expect(find(firstSnapshot(), 'Until tomorrow, 6:00')).toMatchObject({ action: { do: 'pause', for: 'tomorrow' } })
    expect(find(firstSnapshot(), 'Until I resume')).toMatchObject({ action: { do: 'pause', for: 'resumed' } })
  })
})

describe('stays short', () => {
  test('newest requests first, the rest counted', () => {
    const requests = byId(...[1, 2, 3, 4, 5].map((time) => requestNamed(`node-${time}`, time)))
    const menu = drawn(trayMenu(firstSnapshot({ node: { state: 'attention' }, requests }), now))
    const review = (time: number) => `Review node-${time}’s request…`
    expect(menu.slice(0, 8)).toEqual([
      '(Online, 5 requests wait)',
      '(Sharing nothing)',
      '---',
      review(5),
      review(4),
      review(3),
      '2 more…',
      '---',
    ])
  })

  test('twelve peers at most', () => {
    const peers = byId(
      ...Array.from({ length: 40 }, (_, index) => peerNamed(`pc-${String(index).padStart(2, '0')}`, { meshes: ['mesh Big'] })),
    )
    const menu = drawn(trayMenu(firstSnapshot({ meshes: byId(meshNamed('Big', { members: 41, online: 41 })), peers }), now))
    expect(menu.filter((label) => label.startsWith('  pc-'))).toHaveLength(12)
  })
})

describe('clicks', () => {
  test('a tick asks for the other state of what is offered', () => {
    const snapshot = firstSnapshot({
      capabilities: {
        storage: capabilityNamed('storage', { enabled: true, state: 'ready', backend: 'http://127.0.0.1:9000' }),
        ai: capabilityNamed('ai', { backend: 'http://127.0.0.1:11434' }),
      },
    })
    expect(find(snapshot, 'Storage')).toMatchObject({ action: { do: 'offer', capability: 'storage', enabled: false } })
    expect(find(snapshot, 'AI')).toMatchObject({ action: { do: 'offer', capability: 'ai', enabled: true } })
  })

  test('a capability without a program behind it opens the screen where one is named', () => {
    expect(find(firstSnapshot(), 'Compute')).toMatchObject({ action: { do: 'open', place: placeOfCapability('compute') } })
  })

  test('a request opens its card, a peer its details', () => {
    const snapshot = firstSnapshot({
      node: { state: 'attention' },
      requests: byId(requestNamed('lena-dock')),
      meshes: byId(meshNamed('Home')),
      peers: byId(peerNamed('nas', { meshes: ['mesh Home'] })),
    })
    expect(find(snapshot, 'Review lena-dock’s request…')).toMatchObject({ action: { place: placeOfRequest('request lena-dock') } })
    expect(find(snapshot, 'nas')).toMatchObject({ action: { place: placeOfPeer('peer nas') } })
    expect(find(snapshot, 'Join or invite…')).toMatchObject({ action: { place: { path: '/', opened: { open: 'join' } } } })
  })

  test('Quit quits', () => {
    expect(find(firstSnapshot(), 'Quit')).toMatchObject({ action: { do: 'quit' } })
  })
})

test('an ampersand in somebody’s name is shown, not taken for a shortcut', () => {
  const snapshot = firstSnapshot({ requests: byId(requestNamed('Q&A')), meshes: byId(meshNamed('Tom & Ada')) })
  expect(find(snapshot, 'Review Q&&A’s request…')).toBeDefined()
  expect(find(snapshot, 'Tom && Ada, 1 of 1 online')).toBeDefined()
})
