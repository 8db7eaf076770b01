import './activity.css'
import { Button } from '@mantine/core'
import { IconActivity, IconHome2, IconKey, IconPlugConnected, IconSettings, IconUserCheck } from '@tabler/icons-react'
import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useNow } from '../../store/use-now.ts'
import { Empty } from '../../ui/empty.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { iconOfCapability, rowIcon } from '../../ui/icons.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'
import { useAuditSentence } from './audit-sentence.ts'
import { useAudit } from './use-audit.ts'

/** Who did what here, as sentences by day. */
export default function Activity() {
  const { t } = useTranslation('activity')
  const { entries, refresh, more } = useAudit()
  return (
    <Page busy={entries === null && refresh.running}>
      <PageHead title={t('title')}>{t('subtitle')}</PageHead>
      <FailureText failure={refresh.failure ?? more?.failure ?? null} />
      {entries?.length === 0 && (
        <Empty mark={<IconActivity size={56} stroke={1.2} aria-hidden />} title={t('empty')}>
          <p>{t('emptyHelp')}</p>
        </Empty>
      )}
      {entries !== null && entries.length > 0 && (
        <div className="card activity">
          <Days entries={entries} />
          {more && (
            <div className="older">
              <Button variant="default" onClick={() => void more.run()} loading={more.running}>
                {t('older')}
              </Button>
            </div>
          )}
        </div>
      )}
    </Page>
  )
}

function Days({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const now = useNow(60_000)
  const today = format.weekday(now)
  const days = Map.groupBy(entries, ({ at }) => format.weekday(at))
  return [...days].map(([day, ofDay]) => {
    const title = day === today ? t('today', { day }) : day
    return (
      <section key={day} aria-label={title}>
        <h2 className="day">{title}</h2>
        <ul>
          {ofDay.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ul>
      </section>
    )
  })
}

const marks: Record<AuditEntry['outcome'], Mark> = { ok: 'online', refused: 'removed', failed: 'problem' }

function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const { text, facts } = useAuditSentence()(entry)
  return (
    <li className="entry">
      <time className="num" dateTime={new Date(entry.at).toISOString()}>
        {format.time(entry.at)}
      </time>
      <span className="well">{createElement(iconOf(entry), rowIcon)}</span>
      <div className="entry-what">
        <span>{text}</span>
        {facts && <small>{facts}</small>}
      </div>
      <StateWord mark={marks[entry.outcome]}>{t(`outcome.${entry.outcome}`)}</StateWord>
    </li>
  )
}

function iconOf({ action, subject, subjectId }: AuditEntry) {
  if (action.startsWith('capability.')) return iconOfCapability(subjectId ?? subject ?? '')
  if (action.startsWith('service.')) return IconPlugConnected
  if (action.startsWith('mesh.')) return IconHome2
  if (action.startsWith('member.') || action.startsWith('peer.')) return IconUserCheck
  if (action.startsWith('key.')) return IconKey
  return action.startsWith('settings.') ? IconSettings : IconActivity
}
