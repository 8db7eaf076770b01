import { Button } from '@mantine/core'
import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../electron/contract/calls.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useNow } from '../../store/use-now.ts'
import { CopyAction } from '../../ui/copy-value.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { Notice } from '../../ui/notice.tsx'
import { QrCode } from '../../ui/qr-code.tsx'

/** The new invite in its three forms. Its secret is nowhere else: closing this is the end of it. */
export function InviteMade({
  made: { invite, link, text },
  onAnother,
  onClose,
}: {
  made: CallOutput<'invite.create'>
  onAnother: () => void
  onClose: () => void
}) {
  const { t } = useTranslation(['invites', 'common'])
  const format = useFormat()
  const now = useNow()
  return (
    <>
      <div className="dialog-body">
        <Notice title={t('once')}>{t('onceHelp')}</Notice>
        <div className="invite-made">
          <QrCode value={link} label={t('qr')} />
          <div className="invite-forms">
            <Value title={t('link')} value={link} copy={t('copyLink')} first />
            <Value title={t('text')} value={text} copy={t('copyText')} />
          </div>
        </div>
        <p className="invite-lets">
          <IconClock {...buttonIcon} />
          <span>
            {t('lets', { count: invite.uses, role: t(`asRole.${invite.role}`), when: format.ahead(invite.expiresAt, now) })}{' '}
            {invite.askMe ? t('asks') : t('asksNot')}
          </span>
        </p>
      </div>
      <footer className="dialog-footer">
        <span className="grow" />
        <Button variant="subtle" color="gray" onClick={onAnother}>
          {t('another')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('done')}
        </Button>
      </footer>
    </>
  )
}

function Value({ title, value, copy, first = false }: { title: string; value: string; copy: string; first?: boolean }) {
  return (
    <div className="invite-form">
      <span className="field-label">{title}</span>
      <code className="invite-value">{value}</code>
      <CopyAction value={value} label={copy} first={first} />
    </div>
  )
}
