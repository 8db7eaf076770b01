import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyValue } from './copy-value.tsx'
import { Empty } from './empty.tsx'
import { buttonIcon } from './icons.ts'
import { StateMark } from './state-mark.tsx'

/** In place of a part of the window that could not be drawn: what still works, and the way to have it back. */
export function Stopped({ title, error, onReload }: { title: string; error: Error; onReload: () => void }) {
  const { t } = useTranslation()
  return (
    <div role="alert" className="stopped">
      <Empty
        mark={<StateMark mark="problem" size={56} />}
        title={title}
        first
        actions={
          <Button leftSection={<IconRefresh {...buttonIcon} />} onClick={onReload} data-autofocus>
            {t('stopped.reload')}
          </Button>
        }
      >
        <p>{t('stopped.help')}</p>
        <div className="copy-line">
          <code>{error.message}</code>
          <CopyValue value={error.stack ?? error.message} label={t('stopped.copy')} />
        </div>
      </Empty>
    </div>
  )
}
