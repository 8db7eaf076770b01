import type { ComponentType } from 'react'
import type { EntryId } from './entries.ts'
import { LocalPrograms, LocalUseNeedsKey } from './groups/access.tsx'
import { ApiKey } from './groups/api-key.tsx'
import { BlockedNodes } from './groups/blocked-nodes.tsx'
import { KeepAwake, NotifyCapabilities, NotifyPeers, NotifyRequests, TellClosing } from './groups/desktop.tsx'
import { BeSeen, IgnoredInterfaces, Interfaces, LookAround, TellMeshNames } from './groups/discovery.tsx'
import { Language, Name, Theme } from './groups/general.tsx'
import { About, Diagnostics, Doctor, LogLevel } from './groups/help.tsx'
import { ExportFile, ImportFile } from './groups/mesh-file.tsx'
import { Addresses, Host, Metered, OtherAddresses } from './groups/network.tsx'
import { PortMapping } from './groups/port-mapping.tsx'
import { Port } from './groups/port.tsx'
import { AuditDays, AuditEntries } from './groups/records.tsx'
import { EncryptedOnly, Identity, Keys } from './groups/security.tsx'
import { SetupAgain, StartWithSystem } from './groups/start.tsx'
import { Updates } from './groups/updates.tsx'
import { HubSync } from './sync/hub-sync.tsx'
import { SyncTokens } from './sync/sync-tokens.tsx'

/** How each entry looks. */
export const entryViews: Record<EntryId, ComponentType> = {
  name: Name,
  language: Language,
  theme: Theme,
  autostart: StartWithSystem,
  updates: Updates,
  setupAgain: SetupAgain,
  notifyRequests: NotifyRequests,
  notifyCapabilities: NotifyCapabilities,
  notifyPeers: NotifyPeers,
  tellClosing: TellClosing,
  keepAwake: KeepAwake,
  port: Port,
  host: Host,
  addresses: Addresses,
  otherAddresses: OtherAddresses,
  portMapping: PortMapping,
  metered: Metered,
  beSeen: BeSeen,
  tellMeshNames: TellMeshNames,
  lookAround: LookAround,
  interfaces: Interfaces,
  ignoredInterfaces: IgnoredInterfaces,
  localPrograms: LocalPrograms,
  localUseNeedsKey: LocalUseNeedsKey,
  key: ApiKey,
  syncTokens: SyncTokens,
  keys: Keys,
  encryptedOnly: EncryptedOnly,
  blockedNodes: BlockedNodes,
  identity: Identity,
  auditDays: AuditDays,
  auditEntries: AuditEntries,
  export: ExportFile,
  import: ImportFile,
  syncHubs: HubSync,
  doctor: Doctor,
  diagnostics: Diagnostics,
  logLevel: LogLevel,
  about: About,
}
