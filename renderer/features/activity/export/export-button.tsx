import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconDownload, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { buttonIcon } from '../../../ui/icons.ts'
import { saveFile } from '../../../ui/save-file.ts'
import { type Exportable, type ExportFormat, readExport } from './export-parts.ts'

const types: Record<ExportFormat, string> = { csv: 'text/csv', json: 'application/json' }

/** Saves all that fits the filter, not only what is shown; says how far it is, and can be stopped. `name` is that of the file. */
export function ExportButton<T>({ name, list }: { name: string; list: Exportable<T> }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const [read, setRead] = useState(0)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])
  const save = useTask(async (as: ExportFormat) => {
    const stop = new AbortController()
    under.current = stop
    setRead(0)
    try {
      const parts = await readExport(list, as, { signal: stop.signal, onProgress: setRead })
      saveFile(`${name}-${new Date().toISOString().slice(0, 10)}.${as}`, parts, types[as])
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
      <Menu position="bottom-end">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconDownload {...buttonIcon} />}
            rightSection={<IconChevronDown size={14} stroke={1.7} aria-hidden />}
          >
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save.run('csv')}>{t('asCsv')}</Menu.Item>
          <Menu.Item onClick={() => void save.run('json')}>{t('asJson')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <FailureText failure={save.failure} />
    </>
  )
}
