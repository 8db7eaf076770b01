import './usage.css'
import { Button, SegmentedControl } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLostAt } from '../../../store/app-context.ts'
import { Empty } from '../../../ui/empty.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Loading } from '../../../ui/loading.tsx'
import { UsageTable } from './usage-table.tsx'
import { usageDays } from './usage-days.ts'
import { useUsage } from './use-usage.ts'

/** How far back can be looked, days; the node keeps as many. */
const spans = [7, 31] as const

/** Tokens that went to each peer and came from it, by day. Counts only: what was asked and answered is not kept. */
export function Usage() {
  const { t } = useTranslation('models')
  const [days, setDays] = useState<number>(spans[0])
  const { usage, read, retry } = useUsage(days)
  const lost = useLostAt() !== null
  const table = useMemo(() => usage && usageDays(usage), [usage])
  return (
    <>
      <div className="usage-head">
        <p className="hint grow">{t('usage.help')}</p>
        <SegmentedControl
          size="xs"
          data={spans.map((count) => ({ value: String(count), label: t('usage.days', { count }) }))}
          value={String(days)}
          onChange={(value) => setDays(Number(value))}
          aria-label={t('usage.span')}
        />
      </div>
      {/* without the node there is nothing to try again; the line above all says so */}
      {!lost && read.failure !== null && (
        <div className="usage-failed">
          <FailureText failure={read.failure} />
          <Button variant="default" onClick={retry}>
            {t('usage.again')}
          </Button>
        </div>
      )}
      {table === null && read.failure === null && <Loading />}
      {table?.length === 0 && (
        <Empty mark={<IconChartBar size={56} stroke={1.2} aria-hidden />} title={t('usage.empty')}>
          {t('usage.emptyHelp')}
        </Empty>
      )}
      {table !== null && table.length > 0 && (
        <div className="card usage-card" data-stale={lost || undefined}>
          {table.map((day) => (
            <UsageTable key={day.day} day={day} />
          ))}
        </div>
      )}
    </>
  )
}
