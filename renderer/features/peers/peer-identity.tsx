import { IconAlertTriangle, IconLockOpen, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import type { Verification } from './peer-log.ts'

/** Who a peer is: its id to copy, and what that rests on; `verified` is null where somebody else let it in. */
export function PeerIdentity({ peer: { id, kind, openToAnyone }, verified }: { peer: PeerView; verified: Verification | null }) {
  const { t } = useTranslation('peers')
  const format = useFormat()
  const legacy = kind === 'legacy'
  return (
    <section aria-label={t('identity')}>
      <h3>{t('identity')}</h3>
      <div className="copy-line">
        <code>{id}</code>
        <CopyValue value={id} label={legacy ? t('copyUrl') : t('copyId')} />
      </div>
      <p className="note-line">
        {legacy ? <IconLockOpen {...buttonIcon} /> : <IconShieldCheck {...buttonIcon} />}
        <span>
          {legacy ? t('legacyNote') : verified === null ? t('keyProves') : t(`verified.${verified.how}`, { day: format.day(verified.at) })}
        </span>
      </p>
      {openToAnyone && (
        <p className="note-line">
          <IconAlertTriangle {...buttonIcon} />
          <span>{t('openToAnyone')}</span>
        </p>
      )}
    </section>
  )
}
