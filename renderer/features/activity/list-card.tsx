import { Button } from '@mantine/core'
import { IconActivity } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../electron/contract/failure.ts'
import { useLostAt } from '../../store/app-context.ts'
import { Empty } from '../../ui/empty.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { Loading } from '../../ui/loading.tsx'

interface ListCardProps {
  /** How many entries there are; null before the first answer. */
  count: number | null
  failure: Failure | null
  onRetry: () => void
  /** Something is looked for: an empty list says so, and how to see everything again. */
  filtered: boolean
  onClear: () => void
  /** What stands in place of the list while there is nothing at all. */
  empty: { title: string; help: ReactNode }
  noneFits: string
  /** Null at the end of the list. */
  older: { load: () => void; loading: boolean } | null
  children: ReactNode
}

/** A list with what it says while it is not there yet, is empty, cannot be had, or goes on. */
export function ListCard({ count, failure, onRetry, filtered, onClear, empty, noneFits, older, children }: ListCardProps) {
  const { t } = useTranslation('activity')
  const lost = useLostAt() !== null
  const mark = <IconActivity size={56} stroke={1.2} aria-hidden />
  return (
    <>
      {/* without the node there is nothing to try again; the line above all says so */}
      {!lost && <FailureText failure={failure} />}
      {!lost && failure !== null && (
        <div className="older">
          <Button variant="default" onClick={onRetry}>
            {t('tryAgain')}
          </Button>
        </div>
      )}
      {count === null && failure === null && <Loading />}
      {count === 0 && !filtered && (
        <Empty mark={mark} title={empty.title}>
          {empty.help}
        </Empty>
      )}
      {count === 0 && filtered && (
        <Empty
          mark={mark}
          title={noneFits}
          actions={
            <Button variant="default" onClick={onClear}>
              {t('clearFilters')}
            </Button>
          }
        />
      )}
      {count !== null && count > 0 && (
        <div className="card activity-card" data-stale={lost || undefined}>
          {children}
          {older && (
            <div className="older">
              <Button variant="default" onClick={older.load} loading={older.loading}>
                {t('older')}
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  )
}
