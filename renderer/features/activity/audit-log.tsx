import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconActivity, IconShieldSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../electron/contract/audit.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { Empty } from '../../ui/empty.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { Loading } from '../../ui/loading.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { ActivityTabs } from './activity-tabs.tsx'
import { Entry } from './audit-entry.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { anything, type AuditFilter, isAnything } from './audit-query.ts'
import { ExportButton } from './export-button.tsx'
import { LogCheck } from './log-check.tsx'
import { useAudit } from './use-audit.ts'

/** The log is asked this long after the last change of the filter, ms. */
const stillFor = 300

/** Who did what here, as sentences by day; `peer` is whom to look at first. */
export function AuditLog({ peer }: { peer: string | null }) {
  const { t } = useTranslation('activity')
  const call = useCall()
  const days = useSnapshot(({ settings }) => settings.auditDays)
  const [filter, setFilter] = useState<AuditFilter>({ ...anything, peer })
  const [asked] = useDebouncedValue(filter, stillFor)
  const check = useTask(() => call('audit.verify', {}))
  const [checked, setChecked] = useState<Awaited<ReturnType<typeof check.run>>>(undefined)
  const verify = async () => setChecked(await check.run())
  return (
    <>
      <PageHead
        title={t('title')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconShieldSearch {...buttonIcon} />}
              onClick={() => void verify()}
              loading={check.running}
            >
              {t('check')}
            </Button>
            <ExportButton filter={filter} />
          </>
        }
      >
        {t('subtitle', { count: days })}
      </PageHead>
      <ActivityTabs shown="audit" />
      <FailureText failure={check.failure} />
      {checked && <LogCheck check={checked} />}
      <AuditFilters filter={filter} onChange={(change) => setFilter((now) => ({ ...now, ...change }))} />
      <Log key={JSON.stringify(asked)} filter={asked} onClear={() => setFilter(anything)} />
    </>
  )
}

function Log({ filter, onClear }: { filter: AuditFilter; onClear: () => void }) {
  const { t } = useTranslation('activity')
  const { entries, refresh, more } = useAudit(filter)
  const none = entries?.length === 0
  return (
    <>
      <FailureText failure={refresh.failure ?? more?.failure ?? null} />
      {entries === null && refresh.failure === null && <Loading />}
      {none && isAnything(filter) && (
        <Empty mark={<IconActivity size={56} stroke={1.2} aria-hidden />} title={t('empty')}>
          <p>{t('emptyHelp')}</p>
        </Empty>
      )}
      {none && !isAnything(filter) && (
        <Empty
          mark={<IconActivity size={56} stroke={1.2} aria-hidden />}
          title={t('noneFits')}
          actions={
            <Button variant="default" onClick={onClear}>
              {t('clearFilters')}
            </Button>
          }
        />
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
    </>
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
