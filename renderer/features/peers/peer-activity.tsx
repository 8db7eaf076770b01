import { Button, Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useAuditSentence } from '../../store/audit-sentence.ts'
import type { Task } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { NamedSentence, unmarked } from '../../ui/named-sentence.tsx'
import type { PeerLog } from './peer-log.ts'

interface PeerActivityProps {
  peer: PeerView
  now: number
  /** Null until it was read. */
  log: PeerLog | null
  read: Task<[asOf: string], void>
}

/** What a peer used of this computer last, and its last lines of the audit log. */
export function PeerActivity({ peer, now, log, read }: PeerActivityProps) {
  const { t } = useTranslation('peers')
  return (
    <section aria-label={t('activity')} aria-busy={log === null && read.failure === null}>
      <div className="section-head">
        <h3>{t('activity')}</h3>
        <Link href={`/activity?peer=${encodeURIComponent(peer.id)}`} aria-label={t('allActivity', { name: peer.name })}>
          {t('all')}
        </Link>
      </div>
      {log === null && read.failure === null && <Skeleton height={34} />}
      {log !== null && (
        <>
          {log.lastUse !== null && <LastUse entry={log.lastUse} now={now} />}
          {log.recent.length === 0 && <p className="hint">{t('noActivity')}</p>}
          <ul className="peer-log">
            {log.recent.map((entry) => (
              <Line key={entry.seq} entry={entry} now={now} />
            ))}
          </ul>
        </>
      )}
      <FailureText failure={read.failure} />
      {log === null && read.failure !== null && (
        <Button variant="default" size="compact-sm" onClick={() => void read.run('again')}>
          {t('readAgain')}
        </Button>
      )}
    </section>
  )
}

function LastUse({ entry, now }: { entry: AuditEntry; now: number }) {
  const { t } = useTranslation('peers')
  const format = useFormat()
  const { text, facts } = useAuditSentence()(entry)
  return (
    <p className="last-use">
      <b>{t('lastUse', { when: format.ago(entry.at, now) })}</b> <span>{[unmarked(text), facts].filter(Boolean).join('. ')}</span>
    </p>
  )
}

function Line({ entry, now }: { entry: AuditEntry; now: number }) {
  const format = useFormat()
  const { text } = useAuditSentence()(entry)
  return (
    <li>
      <span>
        <NamedSentence>{text}</NamedSentence>
      </span>
      <time dateTime={new Date(entry.at).toISOString()}>{format.ago(entry.at, now)}</time>
    </li>
  )
}
