import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Below a dialog that only tells: it can be closed. */
export function CloseFooter({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <footer className="dialog-footer">
      <span className="grow" />
      <Button onClick={onClose}>{t('close')}</Button>
    </footer>
  )
}
