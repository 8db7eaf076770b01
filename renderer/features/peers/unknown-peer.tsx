import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** An address of a peer that this node does not know, or not any more. */
export function UnknownPeer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('peers')
  return (
    <>
      <header className="drawer-head">
        <h2 className="grow">{t('unknown')}</h2>
        <ActionIcon aria-label={t('closeDetails')} onClick={onClose} data-autofocus>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      <div className="drawer-sections">
        <section>
          <p>{t('unknownHelp')}</p>
          <p className="hint">
            <code>{id}</code>
          </p>
        </section>
      </div>
    </>
  )
}
