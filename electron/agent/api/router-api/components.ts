import type {
  ApiKey,
  AuditLog,
  KeyUse,
  LegacyPeers,
  Membership,
  MeshFiles,
  NodeId,
  ResourceMeter,
  SelfDescription,
  Services,
  SyncTokens,
  SyncUse,
} from '../../components.ts'
import type { FailedAttempts } from '../failed-attempts.ts'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'

/** What the Router API v0.1 is made of. */
export interface RouterApiComponents {
  id: NodeId
  self: () => SelfDescription
  apiKey: Pick<ApiKey, 'matches'>
  attempts: FailedAttempts
  keyUse: KeyUse
  syncTokens: Pick<SyncTokens, 'use'>
  syncUse: SyncUse
  services: Pick<Services, 'list' | 'get' | 'share'>
  membership: Pick<Membership, 'members'>
  legacyPeers: Pick<LegacyPeers, 'list' | 'register' | 'registrations'>
  meshFiles: MeshFiles
  resources: Pick<ResourceMeter, 'current'>
  audit: Pick<AuditLog, 'record'>
  clock: Clock
  log: Logger
  /** When this run of the node began, ms since 1970. */
  startedAt: number
}
