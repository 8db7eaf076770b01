import type { CapabilityName } from '../../electron/contract/capability.ts'
import type { HealthWarning, Snapshot } from '../../electron/contract/snapshot.ts'
import type { PausedWhy } from '../../electron/contract/sharing.ts'
import type { Dialog } from './dialog-store.ts'
import { meshesByAge, requestsByAge, warningsByWeight } from './node-summary.ts'
import { helpFor, type WarningHelp } from './warning-help.ts'

/** What sentences are filled with; how it is written depends on the language. */
export interface SentenceValues {
  count: number
  online: number
  port: string
  from: string
  to: string
  why: HealthWarning
  /** Names of network interfaces. */
  where: string[]
  /** Names of meshes. */
  meshes: string[]
  what: Shared
  /** A time. */
  at: number
  /** Time until then, ms. */
  left: number
}

/** What peers can use here: capabilities, and so many services. */
export interface Shared {
  capabilities: CapabilityName[]
  services: number
}

/** What a person does next: opens a dialog or a screen. `verb` names the words of the button. */
export type NextAction =
  WarningHelp | { verb: 'review' | 'invite' | 'join'; dialog: Dialog } | { verb: 'share'; screen: string; dialog?: never }

export type SentenceKey =
  | ('unreachable' | 'starting' | 'stopped' | 'stoppedBecause' | 'stoppedKeys' | 'requests' | 'warnings' | 'noNetwork')
  | ('pausedUntil' | 'pausedOpen' | 'pausedInUse' | 'pausedBattery' | 'pausedHours' | 'pausedHoursUntil')
  | ('pausedDisk' | 'pausedProcessor' | 'pausedMemory')
  | ('reconnecting' | 'alone' | 'aloneTrying' | 'aloneInMesh' | 'noMesh' | 'portMoved' | 'online' | 'onlineSharing' | 'legacyOnly')

/** This node’s state in one sentence, as data: which sentence of the catalogue, its values, and what to do next. */
export interface NodeSentence {
  key: SentenceKey
  values: Partial<SentenceValues>
  action: NextAction | null
  /** Code of the health warning that the sentence says in full: nobody else need say it. */
  warning: string | null
}

export interface Situation {
  snapshot: Snapshot
  /** ms since 1970. */
  now: number
  /** Since when the agent does not answer this page; null while it does. */
  lostAt: number | null
}

type Row = (situation: Situation) => NodeSentence | null

const say = (key: SentenceKey, more: Partial<Omit<NodeSentence, 'key'>> = {}): NodeSentence => ({
  key,
  values: {},
  action: null,
  warning: null,
  ...more,
})

const unreachable: Row = ({ lostAt }) => (lostAt === null ? null : say('unreachable', { values: { at: lostAt } }))

/** Tried first when no port was chosen (contract/settings.ts). */
const usualPort = 3000

const starting: Row = ({ snapshot: { node, settings } }) =>
  node.state === 'starting' ? say('starting', { values: { port: String(node.port || (settings.port ?? usualPort)) } }) : null

const stopped: Row = ({ snapshot }) => {
  if (snapshot.node.state !== 'error') return null
  const [worst] = warningsByWeight(snapshot)
  if (worst === undefined) return say('stopped')
  const action = helpFor(worst.code)
  return worst.code.startsWith('keys_') ? say('stoppedKeys', { action }) : say('stoppedBecause', { values: { why: worst }, action })
}

const requests: Row = ({ snapshot }) => {
  const [newest, ...more] = requestsByAge(snapshot)
  if (newest === undefined) return null
  return say('requests', {
    values: { count: 1 + more.length },
    action: { verb: 'review', dialog: { kind: 'approve', requestId: newest.id } },
  })
}

/** Warnings that call for a person; their words are in the banner. */
const warnings: Row = ({ snapshot }) => {
  const calling = warningsByWeight(snapshot).filter(({ severity }) => severity !== 'info')
  if (calling.length === 0) return null
  return (calling[0]?.code === movedCode ? moved(snapshot) : null) ?? say('warnings', { values: { count: calling.length } })
}

const pausedByPerson: Row = ({ snapshot: { sharing }, now }) => {
  if (sharing.pause === null) return null
  const { until } = sharing.pause
  return until === null ? say('pausedOpen') : say('pausedUntil', { values: { at: until, left: Math.max(0, until - now) } })
}

const noNetwork: Row = ({ snapshot: { health } }) =>
  health['no_network'] === undefined ? null : say('noNetwork', { action: helpFor('no_network'), warning: 'no_network' })

/** After sleep or a change of network everybody is to be verified anew; with half of them there we are online again. */
const reconnecting: Row = ({ snapshot: { peers } }) => {
  const ours = Object.values(peers).filter(({ kind }) => kind === 'node')
  const online = ours.filter(({ state }) => state === 'online').length
  const checking = ours.filter(({ state }) => state === 'suspect').length
  if (checking === 0 || checking <= online) return null
  return say('reconnecting', { values: { online, count: online + checking } })
}

const alone: Row = ({ snapshot }) => {
  const { node, peers, network } = snapshot
  if (node.state !== 'alone') return null
  const meshes = meshesByAge(snapshot)
  const [mesh] = meshes
  if (mesh === undefined && Object.keys(peers).length === 0) return say('noMesh', { action: { verb: 'join', dialog: { kind: 'join' } } })
  if (mesh !== undefined && meshes.every(({ members }) => members === 1)) {
    const mayInvite = mesh.role === 'admin'
    return say('aloneInMesh', {
      values: { meshes: [mesh.name] },
      action: mayInvite ? { verb: 'invite', dialog: { kind: 'invite', meshId: mesh.id } } : null,
    })
  }
  const action = helpFor('peers_unreachable')
  const where = network.interfaces.filter(({ ignored, discovery }) => !ignored && discovery === 'on').map(({ label }) => label)
  return where.length === 0
    ? say('aloneTrying', { action, warning: 'peers_unreachable' })
    : say('alone', { values: { where }, action, warning: 'peers_unreachable' })
}

const pausedKeys: Record<Exclude<PausedWhy, 'person' | 'hours'>, SentenceKey> = {
  in_use: 'pausedInUse',
  battery: 'pausedBattery',
  disk: 'pausedDisk',
  processor: 'pausedProcessor',
  memory: 'pausedMemory',
}

/** One reason at a time: that of the first capability, with all that are paused for the same. */
const pausedByCondition: Row = ({ snapshot }) => {
  const waiting = Object.values(snapshot.capabilities).filter(({ enabled, paused }) => enabled && paused !== null)
  const [first] = waiting
  const why = first?.paused?.why
  if (first === undefined || why === undefined || why === 'person') return null
  const capabilities = waiting.filter(({ paused }) => paused?.why === why).map(({ name }) => name)
  const values = { what: { capabilities, services: 0 }, count: first.conditions.idleMinutes }
  const action: NextAction = { verb: 'openCapabilities', screen: '/capabilities' }
  if (why !== 'hours') return say(pausedKeys[why], { values, action })
  const until = first.paused?.until ?? null
  return until === null ? say('pausedHours', { values, action }) : say('pausedHoursUntil', { values: { ...values, at: until }, action })
}

const movedCode = 'port_moved'

function moved({ node }: Snapshot): NodeSentence | null {
  if (node.movedFromPort === null) return null
  const values = { from: String(node.movedFromPort), to: String(node.port) }
  return say('portMoved', { values, action: helpFor(movedCode), warning: movedCode })
}

/** Nobody is called for it, but people who join by URL need the new port. */
const portMoved: Row = ({ snapshot }) => (snapshot.health[movedCode] === undefined ? null : moved(snapshot))

function online({ snapshot }: Situation): NodeSentence {
  const meshes = meshesByAge(snapshot).map(({ name }) => name)
  if (meshes.length === 0) return say('legacyOnly', { action: { verb: 'join', dialog: { kind: 'join' } } })
  const what = sharedNow(snapshot)
  if (what.capabilities.length + what.services > 0) return say('onlineSharing', { values: { meshes, what } })
  return say('online', { values: { meshes }, action: { verb: 'share', screen: '/capabilities' } })
}

/** What is switched on, not broken and not paused. */
export const sharedNow = ({ capabilities, services }: Pick<Snapshot, 'capabilities' | 'services'>): Shared => ({
  capabilities: Object.values(capabilities)
    .filter(({ enabled, state, paused }) => enabled && state !== 'problem' && paused === null)
    .map(({ name }) => name),
  services: Object.values(services).filter(({ status }) => status === 'active').length,
})

/** Who has something to say first speaks: whether we know at all, what needs a person, what keeps us; else how it is. */
const rows: readonly Row[] = [
  ...[unreachable, starting, stopped],
  ...[requests, warnings],
  ...[pausedByPerson, noNetwork, reconnecting, alone, pausedByCondition, portMoved],
]

/** The one sentence about this node that fits; there always is one. */
export function nodeSentence(situation: Situation): NodeSentence {
  for (const row of rows) {
    const sentence = row(situation)
    if (sentence !== null) return sentence
  }
  return online(situation)
}
