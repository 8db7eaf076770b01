import { Button } from '@mantine/core'
import { IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { saveFile } from '../../ui/save-file.ts'
import { readAuditLines } from './audit-export.ts'
import { type AuditFilter, queryOf } from './audit-query.ts'

/** Saves the entries that fit the filter as JSON Lines; says how far it is, and can be stopped. */
export function ExportButton({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const call = useCall()
  const [read, setRead] = useState(0)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])
  const save = useTask(async () => {
    const stop = new AbortController()
    under.current = stop
    setRead(0)
    const now = Date.now()
    try {
      const parts = await readAuditLines((query) => call('audit.list', query), queryOf(filter, now), {
        signal: stop.signal,
        onProgress: setRead,
      })
      saveFile(`activity-${new Date(now).toISOString().slice(0, 10)}.jsonl`, parts, 'application/jsonl')
    } catch (thrown) {
      if (!stop.signal.aborted) throw thrown
    }
  })
  if (save.running)
    return (
      <Button variant="default" leftSection={<IconX {...buttonIcon} />} onClick={() => under.current?.abort()} aria-label={t('exportStop')}>
        <span className="num" role="status">
          {t('exporting', { entries: format.number(read) })}
        </span>
      </Button>
    )
  return (
    <>
      <Button variant="default" leftSection={<IconDownload {...buttonIcon} />} onClick={() => void save.run()}>
        {t('export')}
      </Button>
      <FailureText failure={save.failure} />
    </>
  )
}
