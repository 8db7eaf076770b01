import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { toast } from '../../../ui/toast.ts'
import { Setting } from '../parts/setting.tsx'

/** The Router API key: fetched only when somebody wants to see it, replaced only after asking. */
export function ApiKey() {
  const { t } = useTranslation('settings')
  const call = useCall()
  const [key, setKey] = useState<string | null>(null)
  const [asking, setAsking] = useState(false)
  const show = useTask(async () => setKey((await call('key.show', {})).key))
  const rotate = useTask(async () => {
    setKey((await call('key.rotate', {})).key)
    setAsking(false)
    toast(t('keyReplaced'))
  })
  const shown = key !== null && (
    <div className="copy-line">
      <code data-testid="api-key">{key}</code>
      <CopyValue value={key} label={t('copyKey')} />
    </div>
  )
  return (
    <Setting title={t('key')} help={t('keyHelp')} below={shown || (show.failure && <FailureText failure={show.failure} />)}>
      {key === null ? (
        <Button variant="default" onClick={() => void show.run()} loading={show.running}>
          {t('showKey')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setKey(null)}>
          {t('hideKey')}
        </Button>
      )}
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('replaceKey')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('replaceTitle')}
          verb={t('replaceVerb')}
          running={rotate.running}
          failure={rotate.failure}
          onConfirm={() => void rotate.run()}
          onClose={() => setAsking(false)}
        >
          {t('replaceHelp')}
        </ConfirmDialog>
      )}
    </Setting>
  )
}
