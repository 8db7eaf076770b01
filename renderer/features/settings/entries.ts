/** What the settings screen shows, as data: what stands in which group, and which settings of the contract each entry is about. */
import type { Settings } from '../../../electron/contract/settings.ts'

export const groupIds = ['general', 'desktop', 'network', 'discovery', 'access', 'security', 'records', 'exchange', 'help'] as const
export type GroupId = (typeof groupIds)[number]

interface EntryFacts {
  group: GroupId
  /** Settings that it shows and changes. */
  settings: readonly (keyof Settings)[]
}

/** In the order of the screen. */
export const entries = {
  name: { group: 'general', settings: ['name'] },
  language: { group: 'general', settings: ['language'] },
  theme: { group: 'general', settings: ['theme'] },
  autostart: { group: 'general', settings: [] },
  updates: { group: 'general', settings: ['automaticUpdates'] },
  setupAgain: { group: 'general', settings: [] },
  notifyRequests: { group: 'desktop', settings: ['notifyRequests'] },
  notifyCapabilities: { group: 'desktop', settings: ['notifyCapabilities'] },
  notifyPeers: { group: 'desktop', settings: ['notifyPeers'] },
  tellClosing: { group: 'desktop', settings: ['tellClosing'] },
  keepAwake: { group: 'desktop', settings: ['keepAwake'] },
  port: { group: 'network', settings: ['port'] },
  host: { group: 'network', settings: ['host'] },
  addresses: { group: 'network', settings: [] },
  otherAddresses: { group: 'network', settings: ['otherAddresses'] },
  portMapping: { group: 'network', settings: ['portMapping'] },
  metered: { group: 'network', settings: ['metered'] },
  beSeen: { group: 'discovery', settings: ['beSeen'] },
  tellMeshNames: { group: 'discovery', settings: ['tellMeshNames'] },
  lookAround: { group: 'discovery', settings: ['lookAround'] },
  interfaces: { group: 'discovery', settings: [] },
  ignoredInterfaces: { group: 'discovery', settings: ['ignoredInterfaces'] },
  localPrograms: { group: 'access', settings: [] },
  localUseNeedsKey: { group: 'access', settings: ['localUseNeedsKey'] },
  key: { group: 'access', settings: [] },
  syncTokens: { group: 'access', settings: [] },
  keys: { group: 'security', settings: ['protectKeys'] },
  encryptedOnly: { group: 'security', settings: ['encryptedPeersOnly'] },
  blockedNodes: { group: 'security', settings: [] },
  identity: { group: 'security', settings: [] },
  auditDays: { group: 'records', settings: ['auditDays'] },
  auditEntries: { group: 'records', settings: ['auditEntries'] },
  export: { group: 'exchange', settings: [] },
  import: { group: 'exchange', settings: [] },
  syncHubs: { group: 'exchange', settings: [] },
  doctor: { group: 'help', settings: [] },
  diagnostics: { group: 'help', settings: [] },
  logLevel: { group: 'help', settings: ['logLevel'] },
  about: { group: 'help', settings: [] },
} as const satisfies Record<string, EntryFacts>

export type EntryId = keyof typeof entries

export const entryIds = Object.keys(entries) as EntryId[]

export const isGroup = (text: string): text is GroupId => (groupIds as readonly string[]).includes(text)

/** Settings that are changed somewhere else, each with where. */
export const shownElsewhere: Partial<Record<keyof Settings, string>> = {}

/** Every setting that the entries of a group change. */
export const settingsOf = (group: GroupId): (keyof Settings)[] =>
  entryIds.flatMap((id) => (entries[id].group === group ? [...entries[id].settings] : []))
