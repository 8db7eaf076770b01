import { describe, expect, it } from 'vitest'
import type { HealthWarning, NodeState, PeerState, Snapshot } from '../../../../electron/contract/snapshot.ts'
import type { PausedWhy } from '../../../../electron/contract/sharing.ts'
import { english } from '../../../../renderer/i18n/en/catalogue.ts'
import { type NodeSentence, nodeSentence } from '../../../../renderer/store/node-sentence.ts'
import { network } from '../../../fixtures/discovery.ts'
import { filmClub, fixtureTime, maple, oldThinkpad } from '../../../fixtures/household-peers.ts'
import { byId, peerNamed, requestNamed, warningNamed } from '../../../fixtures/named-views.ts'
import { calm, firstRun } from '../../../fixtures/snapshot.ts'

const inState = (state: NodeState, more: Partial<Snapshot> = {}): Snapshot => calm({ node: { ...calm().node, state }, ...more })
const warned = (...warnings: HealthWarning[]): Pick<Snapshot, 'health'> => ({
  health: Object.fromEntries(warnings.map((warning) => [warning.code, warning])),
})
const portMoved = (severity: HealthWarning['severity']) => warningNamed('port_moved', { severity })
const moved = (state: NodeState, more: Partial<Snapshot>) => {
  const snapshot = inState(state, more)
  return { ...snapshot, node: { ...snapshot.node, port: 3001, movedFromPort: 3000 } }
}
const peers = (...states: PeerState[]): Pick<Snapshot, 'peers'> => ({
  peers: byId(...states.map((state, index) => peerNamed(`p${index}`, { state, meshes: [maple.id] }))),
})
const off = (): Snapshot['capabilities'] => firstRun().capabilities
const onlyMesh = (change: Partial<typeof maple>): Pick<Snapshot, 'meshes'> => ({ meshes: { [maple.id]: { ...maple, ...change } } })
const said = (snapshot: Snapshot, lostAt: number | null = null): NodeSentence => nodeSentence({ snapshot, lostAt, now: fixtureTime })

const paused = (until: number | null): Pick<Snapshot, 'sharing'> => ({
  sharing: { ...calm().sharing, pause: { until, since: fixtureTime - 60_000 } },
})
/** Compute is on, and so are the others of the fixture; compute waits for this. */
const waiting = (why: PausedWhy, until: number | null = null): Pick<Snapshot, 'capabilities'> => {
  const { capabilities } = calm()
  const { storage, compute } = capabilities
  if (storage === undefined || compute === undefined) throw new Error('the fixture has all five')
  return { capabilities: { ...capabilities, compute: { ...storage, name: 'compute', state: 'paused', paused: { why, until } } } }
}
const compute = { capabilities: ['compute'], services: 0 }
const capabilitiesScreen = { verb: 'openCapabilities', screen: '/capabilities' }

const doctor = { verb: 'openDoctor', screen: '/settings/doctor' }
const settings = { verb: 'openSettings', screen: '/settings' }

/** Which sentence of the catalogue, its values, and what is to be done next. */
const table: [situation: string, snapshot: Snapshot, key: NodeSentence['key'], values: object, action: object | null][] = [
  ['it starts', inState('starting', { node: { ...firstRun().node, state: 'starting', port: 0 } }), 'starting', { port: '3000' }, null],
  ['nothing is wrong, storage and notes are shared', calm(), 'onlineSharing', { meshes: ['Maple Street', 'Film club'] }, null],
  [
    'it uses a mesh and offers nothing',
    calm({ capabilities: off(), services: {} }),
    'online',
    { meshes: ['Maple Street', 'Film club'] },
    { verb: 'share', screen: '/capabilities' },
  ],
  [
    'only a legacy peer answers',
    calm({ meshes: {}, peers: byId(oldThinkpad) }),
    'legacyOnly',
    {},
    { verb: 'join', dialog: { kind: 'join' } },
  ],
  ['no peer answers', inState('alone', { network, ...peers('offline') }), 'alone', { where: ['Ethernet'] }, doctor],
  ['no peer answers and nowhere can be looked', inState('alone', peers('offline')), 'aloneTrying', {}, doctor],
  [
    'nobody else is in the mesh',
    inState('alone', { ...onlyMesh({ members: 1 }), peers: {} }),
    'aloneInMesh',
    { meshes: ['Maple Street'] },
    { verb: 'invite', dialog: { kind: 'invite', meshId: maple.id } },
  ],
  [
    'nobody else is in the mesh, and inviting is for admins',
    inState('alone', { ...onlyMesh({ members: 1, role: 'member' }), peers: {} }),
    'aloneInMesh',
    { meshes: ['Maple Street'] },
    null,
  ],
  ['it is in no mesh', inState('alone', { meshes: {}, peers: {} }), 'noMesh', {}, { verb: 'join', dialog: { kind: 'join' } }],
  [
    'requests wait',
    inState('attention', { requests: byId(requestNamed('old', 1), requestNamed('new', 2)) }),
    'requests',
    { count: 2 },
    { verb: 'review', dialog: { kind: 'approve', requestId: 'request new' } },
  ],
  [
    'warnings call for a person',
    inState('attention', warned(warningNamed('a'), warningNamed('b'), portMoved('info'))),
    'warnings',
    { count: 2 },
    null,
  ],
  ['the port is taken', moved('online', warned(portMoved('info'))), 'portMoved', { from: '3000', to: '3001' }, settings],
  [
    'the port is taken, and that calls for a person',
    moved('attention', warned(portMoved('warning'))),
    'portMoved',
    { from: '3000', to: '3001' },
    settings,
  ],
  ['there is no network', inState('alone', warned(warningNamed('no_network', { severity: 'info' }))), 'noNetwork', {}, doctor],
  [
    'a person paused sharing for a while',
    inState('paused', paused(fixtureTime + 49 * 60_000)),
    'pausedUntil',
    { at: fixtureTime + 49 * 60_000, left: 49 * 60_000 },
    null,
  ],
  ['a person paused sharing', inState('paused', paused(null)), 'pausedOpen', {}, null],
  ['somebody uses this computer', calm(waiting('in_use')), 'pausedInUse', { what: compute, count: 5 }, capabilitiesScreen],
  ['it runs on battery', calm(waiting('battery')), 'pausedBattery', { what: compute }, capabilitiesScreen],
  ['it is outside the hours', calm(waiting('hours')), 'pausedHours', { what: compute }, capabilitiesScreen],
  [
    'the hours begin later',
    calm(waiting('hours', fixtureTime + 3_600_000)),
    'pausedHoursUntil',
    { what: compute, at: fixtureTime + 3_600_000 },
    capabilitiesScreen,
  ],
  ['the disk is nearly full', calm(waiting('disk')), 'pausedDisk', { what: compute }, capabilitiesScreen],
  ['the processor is busy', calm(waiting('processor')), 'pausedProcessor', { what: compute }, capabilitiesScreen],
  ['memory is short', calm(waiting('memory')), 'pausedMemory', { what: compute }, capabilitiesScreen],
  [
    'it woke, and some are verified again',
    inState('online', peers('online', 'online', 'online', 'suspect', 'suspect', 'suspect', 'suspect', 'suspect')),
    'reconnecting',
    { online: 3, count: 8 },
    null,
  ],
  ['half of the peers are verified again', inState('online', peers('online', 'suspect')), 'onlineSharing', {}, null],
  [
    'the keys cannot be read',
    inState('error', warned(warningNamed('keys_unreadable', { severity: 'error' }))),
    'stoppedKeys',
    {},
    settings,
  ],
  [
    'something else stopped it',
    inState('error', warned(warningNamed('Disk full', { severity: 'error' }))),
    'stoppedBecause',
    { why: { title: 'Disk full' } },
    null,
  ],
  ['it stopped, nobody knows why', inState('error'), 'stopped', {}, null],
]

describe('the sentence about this node', () => {
  it.each(table)('fits when %s', (_situation, snapshot, key, values, action) => {
    const sentence = said(snapshot)
    expect(sentence).toMatchObject({ key, values })
    expect(sentence.action).toEqual(action)
  })

  it('has a value for every gap of its words', () => {
    const sentences = [...table.map(([, snapshot]) => said(snapshot)), said(calm(), fixtureTime)]
    const texts = new Map<string, string>(Object.entries(english.overview.sentence))
    const gaps = (key: string) =>
      [...(texts.get(key) ?? texts.get(`${key}_other`) ?? '?').matchAll(/\{\{(\w+)\}\}|\?/gu)].map(([, name]) => name)
    const missing = sentences.flatMap(({ key, values }) => {
      const names = new Set(
        Object.keys(values).flatMap((name) => (name === 'meshes' ? ['mesh'] : name === 'what' ? ['what', 'whatFirst'] : [name])),
      )
      return gaps(key)
        .filter((name) => name === undefined || !names.has(name))
        .map((name) => `${key}: ${name}`)
    })
    expect(missing).toEqual([])
    const keys = new Set(sentences.map(({ key }) => key as string))
    expect([...texts.keys()].map((name) => name.replace(/_(?:one|other)$/u, '')).filter((name) => !keys.has(name))).toEqual([])
  })

  it('says first that nothing is known any more, whatever the last known state was', () => {
    expect(said(inState('attention', { requests: byId(requestNamed('r')) }), fixtureTime)).toMatchObject({
      ...{ key: 'unreachable', values: { at: fixtureTime }, action: null },
    })
  })

  it('names what peers can use: neither what is broken nor what does not run', () => {
    expect(said(calm()).values.what).toEqual({ capabilities: ['storage', 'archive'], services: 1 })
    expect(said(calm({ capabilities: off() }))).toMatchObject({ key: 'onlineSharing', values: { what: { capabilities: [], services: 1 } } })
  })

  it('takes a warning upon itself only when it says all of it', () => {
    expect(said(moved('online', warned(portMoved('info')))).warning).toBe('port_moved')
    expect(said(inState('alone', warned(warningNamed('no_network', { severity: 'info' })))).warning).toBe('no_network')
    expect(said(inState('attention', warned(warningNamed('a')))).warning).toBeNull()
  })

  it('does not take one silent peer among others for a lost connection', () => {
    expect(said(inState('online', peers('online', 'online', 'suspect'))).key).toBe('onlineSharing')
    expect(said(calm({ meshes: { [filmClub.id]: filmClub } })).values.meshes).toEqual(['Film club'])
  })
})
