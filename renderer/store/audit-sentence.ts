import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../electron/contract/audit.ts'
import { grantRule } from '../../electron/contract/snapshot.ts'
import { useCapabilityName } from '../ui/capability-name.ts'
import { marked } from '../ui/named-sentence.tsx'
import { useAuditFacts } from './audit-facts.ts'

/** What happened, as a sentence with the actor first (marked for NamedSentence), and one line of facts below it. */
export interface AuditSentence {
  text: string
  facts: string
}

/** Actions whose sentence needs nothing but names. */
const known = {
  'mesh.created': 'meshCreated',
  'mesh.joined': 'meshJoined',
  'mesh.left': 'meshLeft',
  'mesh.renamed': 'meshRenamed',
  'mesh.recovered': 'meshRecovered',
  'mesh.synced': 'meshSynced',
  'member.requested': 'memberRequested',
  'member.withdrawn': 'memberWithdrawn',
  'member.approved': 'memberApproved',
  'member.rejected': 'memberRejected',
  'member.never': 'memberNever',
  'member.removed': 'memberRemoved',
  'member.readmitted': 'memberReadmitted',
  'member.promoted': 'memberPromoted',
  'member.demoted': 'memberDemoted',
  'join.codes_differ': 'codesDiffer',
  'join.dropped': 'joinDropped',
  'join.refused': 'joinRefused',
  'invite.created': 'inviteCreated',
  'invite.used': 'inviteUsed',
  'invite.revoked': 'inviteRevoked',
  'invite.refused': 'inviteRefused',
  'statement.refused': 'statementRefused',
  'recovery.exported': 'recoveryExported',
  'node.blocked': 'nodeBlocked',
  'node.unblocked': 'nodeUnblocked',
  'node.cloned': 'nodeCloned',
  'identity.renewed': 'identityRenewed',
  'grant.refused': 'grantRefused',
  'request.refused': 'requestRefused',
  'connection.refused': 'connectionRefused',
  'key.used': 'keyUsed',
  'key.refused': 'keyRefused',
  'key.rotated': 'keyRotated',
  'page.opened': 'pageOpened',
  'settings.changed': 'settingsChanged',
  'mapping.on': 'mappingOn',
  'mapping.off': 'mappingOff',
  'peer.forgotten': 'peerForgotten',
  'legacy.registered': 'legacyRegistered',
  'sync.token_created': 'syncTokenCreated',
  'sync.token_revoked': 'syncTokenRevoked',
  'sync.hub_added': 'syncHubAdded',
  'sync.hub_changed': 'syncHubChanged',
  'sync.hub_removed': 'syncHubRemoved',
  'ai.changed': 'aiChanged',
  'ai.engine.added': 'aiEngineAdded',
  'ai.engine.removed': 'aiEngineRemoved',
  'ai.file.added': 'aiFileAdded',
  'ai.file.removed': 'aiFileRemoved',
  'sharing.paused': 'sharingPaused',
  'sharing.resumed': 'sharingResumed',
  'service.shared': 'serviceShared',
  'service.limited': 'limitsChanged',
  'service.unshared': 'serviceUnshared',
  'service.used': 'used',
  'capability.used': 'used',
} as const satisfies Record<string, ParseKeys<'activity'>>

/** Turns an entry of the audit log into words; an action of a newer version is shown by its name. */
export function useAuditSentence(): (entry: AuditEntry) => AuditSentence {
  const { t } = useTranslation(['activity', 'common'])
  const factsOf = useAuditFacts()
  const capabilityWord = useCapabilityName()
  return (entry) => ({ text: sentenceOf(entry), facts: factsOf(entry) })

  function sentenceOf({ action, actor, subject, details }: AuditEntry): string {
    const names = { actor: marked(actor), subject: thing(subject ?? ''), mesh: text(details['mesh']) }
    if (action === 'capability.changed') return t(capabilityKey(details), names)
    if (action === 'grant.changed') return grantSentence(names, details)
    if (action === 'policy.changed' || action === 'policy.overridden') return policySentence(action, names, details)
    const key = Object.hasOwn(known, action) ? known[action as keyof typeof known] : null
    return key === null ? t('other', { ...names, action }) : t(key, names)
  }

  function grantSentence(names: { actor: string; subject: string; mesh: string }, { peer, allow, rule }: AuditEntry['details']): string {
    if (typeof peer === 'string') {
      const key = allow === null ? 'grantAsRule' : allow === true ? 'grantAllowed' : 'grantRefusedTo'
      return t(key, { ...names, peer })
    }
    const set = grantRule.safeParse(rule)
    return set.success ? t(`grantRule.${set.data}`, names) : t('grantCleared', names)
  }

  function policySentence(action: string, names: { actor: string; subject: string }, { capability, rules }: AuditEntry['details']): string {
    const key =
      action === 'policy.overridden' ? (rules === null ? 'policyFollowed' : 'policyOwn') : rules === null ? 'policyCleared' : 'policySet'
    return t(key, { ...names, capability: thing(text(capability)) })
  }

  /** A capability, or a resource of a grant: `capability:ai`, `service:notes`, `*`. */
  function thing(name: string): string {
    if (name === '*') return t('everythingElse')
    return capabilityWord(name.replace(/^(?:capability|service):/u, ''))
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** What was changed of a capability: where its program is, its limits or conditions, or whether it is offered. */
function capabilityKey({ changed, enabled }: AuditEntry['details']) {
  if (changed === 'backend') return 'capabilityBackend'
  if (changed === 'limits') return 'limitsChanged'
  if (changed === 'conditions') return 'conditionsChanged'
  return enabled === true ? 'capabilityOn' : 'capabilityOff'
}
