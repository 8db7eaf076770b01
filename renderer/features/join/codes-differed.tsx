import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Notice } from '../../ui/notice.tsx'

/** After somebody said that the codes differ: what that means, and that nothing happened. */
export function CodesDiffered({ onClose, onAgain }: { onClose: () => void; onAgain: () => void }) {
  const { t } = useTranslation(['join', 'common'])
  return (
    <>
      <div className="dialog-body" role="status">
        <Notice title={t('differTitle')} tone="error">
          {t('differHelp')}
        </Notice>
        <p>{t('differTold')}</p>
      </div>
      <footer className="dialog-footer">
        <span className="grow" />
        <Button variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
        <Button onClick={onClose} data-autofocus>
          {t('common:close')}
        </Button>
      </footer>
    </>
  )
}
