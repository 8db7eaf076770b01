import './diagnostics.css'
import { Button, Loader } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Diagnostics as Collected, diagnosticsText } from '../../../electron/contract/diagnostics.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { Empty } from '../../ui/empty.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { toast } from '../../ui/toast.ts'
import { Sections } from './sections.tsx'

/** What would be handed to whoever helps: collected, shown to the last line, and only then saved. */
export default function Diagnostics() {
  const { t } = useTranslation('diagnostics')
  const call = useCall()
  const [collected, setCollected] = useState<Collected | null>(null)
  const task = useTask(async () => setCollected(await call('diagnostics.collect', {})))
  const { run, running, failure } = task
  useEffect(() => void run(), [run])
  const text = collected === null ? '' : diagnosticsText(collected)
  const save = ({ fileName }: Collected) => {
    saveFile(fileName, [text], 'text/plain;charset=utf-8')
    toast(t('saved', { name: fileName }))
  }
  return (
    <Page busy={running}>
      <PageHead
        title={t('title')}
        actions={
          collected && (
            <>
              <Button variant="default" leftSection={<IconRefresh {...buttonIcon} />} loading={running} onClick={() => void run()}>
                {t('again')}
              </Button>
              <Button leftSection={<IconDownload {...buttonIcon} />} onClick={() => save(collected)}>
                {t('save')}
              </Button>
            </>
          )
        }
      >
        {t('promise')}
      </PageHead>
      {collected !== null && <FailureText failure={failure} />}
      {collected === null && running && (
        <div role="status">
          <Empty mark={<Loader size={36} />} title={t('collecting')}>
            {t('collectingHelp')}
          </Empty>
        </div>
      )}
      {collected === null && !running && (
        <Empty
          mark={<StateMark mark="problem" size={40} />}
          title={t('failed')}
          actions={<Button onClick={() => void run()}>{t('again')}</Button>}
        >
          <FailureText failure={failure} />
        </Empty>
      )}
      {collected && (
        <>
          <Whole text={text} />
          <Sections sections={collected.sections} />
        </>
      )}
    </Page>
  )
}

/** How much it is: nothing is kept from the reader. */
function Whole({ text }: { text: string }) {
  const { t } = useTranslation('diagnostics')
  const format = useFormat()
  const count = text.split('\n').length
  const size = format.bytes(new TextEncoder().encode(text).length)
  return (
    <p className="hint diagnostics-whole">
      {t('whole', { lines: t('lines', { count }), size })}
      <CopyValue value={text} label={t('copy')} />
    </p>
  )
}
