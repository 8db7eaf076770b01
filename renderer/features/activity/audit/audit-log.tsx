import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconShieldSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { buttonIcon } from '../../../ui/icons.ts'
import { PageHead } from '../../../ui/page-head.tsx'
import { ActivityTabs } from '../activity-tabs.tsx'
import { Days } from '../days.tsx'
import { ExportButton } from '../export/export-button.tsx'
import { auditFilter, type AuditFilter, isAnything, sharedSearch } from '../filter/activity-filter.ts'
import { useFilter } from '../filter/use-filter.ts'
import { ListCard } from '../list-card.tsx'
import { Entry } from './audit-entry.tsx'
import { useAuditExport } from './audit-export.ts'
import { AuditFilters } from './audit-filters.tsx'
import { LogCheck } from './log-check.tsx'
import { useAudit } from './use-audit.ts'

/** The log is asked this long after the last change of the filter, ms. */
const stillFor = 300

/** Who did what here, as sentences by day. */
export function AuditLog() {
  const { t } = useTranslation('activity')
  const call = useCall()
  const days = useSnapshot(({ settings }) => settings.auditDays)
  const { filter, change, clear } = useFilter(auditFilter)
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
            <ExportButton name="activity" list={useAuditExport(filter)} />
          </>
        }
      >
        {t('subtitle', { count: days })}
      </PageHead>
      <FailureText failure={check.failure} />
      {checked && <LogCheck check={checked} />}
      <AuditFilters filter={filter} onChange={change}>
        <ActivityTabs shown="audit" search={sharedSearch(filter)} />
      </AuditFilters>
      <Log key={JSON.stringify(asked)} filter={asked} onClear={clear} />
    </>
  )
}

function Log({ filter, onClear }: { filter: AuditFilter; onClear: () => void }) {
  const { t } = useTranslation('activity')
  const { entries, refresh, retry, more } = useAudit(filter)
  return (
    <ListCard
      count={entries?.length ?? null}
      failure={refresh.failure ?? more?.failure ?? null}
      onRetry={retry}
      filtered={!isAnything(filter)}
      onClear={onClear}
      empty={{ title: t('empty'), help: <p>{t('emptyHelp')}</p> }}
      noneFits={t('noneFits')}
      older={more && { load: () => void more.run(), loading: more.running }}
    >
      <Days entries={entries ?? []} renderRow={(entry) => <Entry key={entry.seq} entry={entry} />} />
    </ListCard>
  )
}
