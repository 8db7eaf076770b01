import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'

/** What happened, as a sentence with the actor first, and one line of facts below it. */
export interface AuditSentence {
  text: string
  facts: string
}

const known = {
  'mesh.created': 'meshCreated',
  'mesh.joined': 'meshJoined',
  'mesh.left': 'meshLeft',
  'member.requested': 'memberRequested',
  'member.approved': 'memberApproved',
  'member.rejected': 'memberRejected',
  'settings.changed': 'settingsChanged',
  'key.rotated': 'keyRotated',
  'peer.forgotten': 'peerForgotten',
  'service.shared': 'serviceShared',
  'service.unshared': 'serviceUnshared',
  'service.used': 'used',
  'capability.used': 'used',
} as const satisfies Record<string, ParseKeys<'activity'>>

/** Turns an entry of the audit log into words; an action of a newer version is shown by its name. */
export function useAuditSentence(): (entry: AuditEntry) => AuditSentence {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const capabilityWord = useCapabilityName()
  return (entry) => {
    const { action, actor, subject, details } = entry
    const words = { actor, subject: capabilityWord(subject ?? ''), mesh: text(details['mesh']) }
    const facts = factsOf(details)
    if (action === 'capability.changed') return { text: t(capabilityKey(details), words), facts }
    const key = Object.hasOwn(known, action) ? known[action as keyof typeof known] : null
    return { text: key === null ? t('other', { ...words, action }) : t(key, words), facts }
  }

  function factsOf(details: AuditEntry['details']): string {
    const { requests, bytesIn, bytesOut, address } = details
    if (typeof requests === 'number') {
      const amount = (typeof bytesIn === 'number' ? bytesIn : 0) + (typeof bytesOut === 'number' ? bytesOut : 0)
      return t('usage', { count: requests, amount: format.bytes(amount) })
    }
    return typeof address === 'string' ? t('fromAddress', { address }) : ''
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** What was changed of a capability: where its program is, or whether it is offered. */
function capabilityKey({ changed, enabled }: AuditEntry['details']) {
  if (changed === 'backend') return 'capabilityBackend'
  return enabled === true ? 'capabilityOn' : 'capabilityOff'
}
