import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { entries, type EntryId } from './entries.ts'
import type { TextsOf } from './search.ts'

/** Keys of the texts that an entry shows, where they are not called as the entry. */
const shownTexts = {
  name: ['name', 'nameHelp'],
  language: ['language'],
  theme: ['theme', 'themes.light', 'themes.dark'],
  autostart: ['setup:autostart.title', 'setup:autostart.switch', 'setup:autostart.help'],
  updates: ['updates:title', 'updates:automatic', 'updates:way.itself'],
  setupAgain: ['setup:again', 'setup:againHelp'],
  notifyRequests: ['notifyRequests', 'notifyRequestsHelp'],
  notifyCapabilities: ['notifyCapabilities', 'notifyCapabilitiesHelp'],
  notifyPeers: ['notifyPeers', 'notifyPeersHelp'],
  tellClosing: ['tellClosing', 'tellClosingHelp'],
  keepAwake: ['keepAwake', 'keepAwakeHelp'],
  port: ['port'],
  host: ['host', 'hostHelp', 'everyInterface', 'onlyHere'],
  addresses: ['address', 'addressHelp'],
  otherAddresses: ['otherAddresses', 'otherAddressesHelp'],
  portMapping: ['portMapping', 'portMappingHelp'],
  metered: ['metered', 'meteredHelp'],
  beSeen: ['beSeen', 'beSeenHelp'],
  tellMeshNames: ['tellMeshNames', 'tellMeshNamesHelp'],
  lookAround: ['lookAround', 'lookAroundHelp'],
  interfaces: ['interfaces', 'interfacesHelp'],
  ignoredInterfaces: ['ignoredInterfaces', 'ignoredInterfacesHelp'],
  localPrograms: ['localPrograms', 'localProgramsHelp'],
  localUseNeedsKey: ['localUseNeedsKey', 'localUseNeedsKeyHelp'],
  key: ['key', 'keyHelp'],
  syncTokens: ['sync:tokens', 'sync:tokensHelp'],
  keys: ['keys', 'protectKeys', 'protectKeysHelp'],
  encryptedOnly: ['encryptedOnly', 'encryptedOnlyHelp'],
  blockedNodes: ['blockedNodes', 'blockedHelp'],
  identity: ['identity', 'identityHelp'],
  auditDays: ['auditDays', 'auditDaysHelp'],
  auditEntries: ['auditEntries'],
  export: ['export', 'exportHelp'],
  import: ['import', 'importHelp'],
  syncHubs: ['sync:hubsTitle', 'sync:hubsHelp'],
  doctor: ['doctor', 'doctorHelp'],
  diagnostics: ['diagnostics', 'diagnosticsHelp'],
  logLevel: ['logLevel', 'logLevelHelp'],
  about: ['about'],
} as const satisfies Record<EntryId, readonly [string, ...string[]]>

/** Titles of entries, and all texts by which they are found, in the language that is shown. */
export function useEntryTexts(): { titleOf: (id: EntryId) => string; textsOf: TextsOf } {
  const { t } = useTranslation(['settings', 'settingsFind', 'setup', 'sync', 'updates'])
  // some of these texts have blanks, which nobody looks for
  const say = t as (key: string) => string
  const titleOf = useCallback((id: EntryId) => say(shownTexts[id][0]), [say])
  const textsOf: TextsOf = useCallback(
    (id) => [...shownTexts[id].map(say), say(`settingsFind:words.${id}`), say(`group.${entries[id].group}`)],
    [say],
  )
  return { titleOf, textsOf }
}
