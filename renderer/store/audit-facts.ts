import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../electron/contract/audit.ts'
import { type ErrorCode, errorTable } from '../../electron/contract/error-codes.ts'
import { meshRole } from '../../electron/contract/snapshot.ts'
import { useFormat } from '../i18n/use-format.ts'

type Details = AuditEntry['details']
const text = (value: unknown) => (typeof value === 'string' ? value : null)
const number = (value: unknown) => (typeof value === 'number' ? value : null)

/** How somebody proved who it is; names of newer versions are not shown. */
const proofs = ['code', 'invite', 'pinned', 'key', 'id'] as const

/** What an entry rests on, as short sentences: amounts, addresses, roles, reasons. Unknown details are left out. */
export function useAuditFacts(): (entry: AuditEntry) => string {
  const { t } = useTranslation(['activity', 'common', 'errors'])
  const format = useFormat()
  return ({ action, actor, details }) =>
    [
      usage(details),
      count(details),
      role(details),
      proof(details),
      from(action, details),
      removal(details),
      note(details),
      address(actor, details),
      why(details),
    ]
      .filter((fact) => fact !== null)
      .join(' ')

  function usage({ requests, bytesIn, bytesOut }: Details): string | null {
    const all = number(requests)
    if (all === null) return null
    return t('usage', { count: all, amount: format.bytes((number(bytesIn) ?? 0) + (number(bytesOut) ?? 0)) })
  }

  function count(details: Details): string | null {
    const times = number(details['count'])
    const since = number(details['since'])
    if (times === null || times < 2) return null
    return since === null ? t('times', { count: times }) : t('timesSince', { count: times, time: format.time(since) })
  }

  function role(details: Details): string | null {
    const known = meshRole.safeParse(details['role'])
    return known.success ? t(`asRole.${known.data}`) : null
  }

  function proof({ how }: Details): string | null {
    const known = proofs.find((name) => name === how)
    return known === undefined ? null : t(`how.${known}`)
  }

  function from(action: string, details: Details): string | null {
    const before = text(details['from'])
    return action !== 'mesh.renamed' || before === null ? null : t('namedBefore', { name: before })
  }

  function removal({ removedBy, removedAt }: Details): string | null {
    const by = text(removedBy)
    const at = number(removedAt)
    return by === null || at === null ? null : t('removedBefore', { by, day: format.day(at) })
  }

  function note(details: Details): string | null {
    const said = text(details['note'])
    return said === null ? null : t('noted', { note: said })
  }

  function address(actor: string, details: Details): string | null {
    const where = text(details['address'])
    return where === null || where === actor ? null : t('fromAddress', { address: where })
  }

  /** The reason of a refusal: the title of its code, or what was written. */
  function why({ code, why: reason, peer }: Details): string | null {
    const said = text(code) ?? text(reason)
    if (said === null) return null
    const known = Object.hasOwn(errorTable, said) ? t(`errors:title.${said as ErrorCode}`) : said
    return text(peer) === null || code !== 'key_mismatch' ? `${known}.` : t('insteadOf', { why: known, peer: text(peer) ?? '' })
  }
}
