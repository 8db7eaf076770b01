import { Button } from '@mantine/core'
import { IconTicket } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InviteView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { CloseFooter } from '../../ui/close-footer.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { rowIcon } from '../../ui/icons.ts'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'

/** Invites made here, those that can still be used first, then the newest. */
export function InviteList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['invites', 'common'])
  const invites = useSnapshot((snapshot) =>
    Object.values(snapshot.invites).toSorted(
      (a, b) => Number(b.state === 'open') - Number(a.state === 'open') || b.createdAt - a.createdAt,
    ),
  )
  return (
    <>
      <div className="dialog-body">
        <ul aria-label={t('made')}>
          {invites.map((invite) => (
            <Line key={invite.id} invite={invite} />
          ))}
        </ul>
      </div>
      <CloseFooter onClose={onClose} />
    </>
  )
}

const marks: Record<InviteView['state'], Mark> = { open: 'waiting', used: 'online', expired: 'off', revoked: 'removed' }

function Line({ invite: { id, note, mesh, role, state, uses, usedBy, expiresAt, createdAt, askMe } }: { invite: InviteView }) {
  const { t } = useTranslation('invites')
  const format = useFormat()
  const now = useNow()
  const call = useCall()
  const revoke = useTask(() => call('invite.revoke', { id }))
  const name = note ?? t('unnamed', { when: format.ago(createdAt, now) })
  const facts = [
    t('into', { mesh: mesh.name, role: t(`asRole.${role}`) }),
    usedBy.length > 0 ? t('usedBy', { list: format.list(usedBy.map((node) => node.name)) }) : '',
    state === 'open' ? t('left', { count: uses - usedBy.length, when: format.ahead(expiresAt, now) }) : '',
    state === 'open' && askMe ? t('asks') : '',
  ]
  return (
    <li className="list-line invite-line">
      <span className="well">
        <IconTicket {...rowIcon} />
      </span>
      <div className="grow">
        <span className="invite-name">
          <b>{name}</b>
          <StateWord mark={marks[state]}>{t(`state.${state}`)}</StateWord>
        </span>
        <small>{facts.filter(Boolean).join(' ')}</small>
        <FailureText failure={revoke.failure} />
      </div>
      {state === 'open' && (
        <Button
          variant="subtle"
          color="brick"
          size="compact-sm"
          aria-label={t('revokeOf', { name })}
          onClick={() => void revoke.run()}
          loading={revoke.running}
        >
          {t('revoke')}
        </Button>
      )}
    </li>
  )
}
