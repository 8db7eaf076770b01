import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncTokenView } from '../../../../electron/contract/hub-sync.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useNow } from '../../../store/use-now.ts'
import { useTask } from '../../../store/use-task.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { toast } from '../../../ui/toast.ts'
import { Setting } from '../parts/setting.tsx'
import { NewToken } from './new-token.tsx'

/** Tokens with which others may sync with this node: makes them, lists them, takes them back. */
export function SyncTokens() {
  const { t } = useTranslation('sync')
  const tokens = useSnapshot(({ syncTokens }) => Object.values(syncTokens).toSorted((a, b) => b.createdAt - a.createdAt))
  const [making, setMaking] = useState(false)
  return (
    <Setting
      title={t('tokens')}
      help={t(tokens.length === 0 ? 'noTokens' : 'tokensHelp')}
      below={
        tokens.length > 0 && (
          <ul className="setting-list" aria-label={t('tokens')}>
            {tokens.map((token) => (
              <TokenLine key={token.id} token={token} />
            ))}
          </ul>
        )
      }
    >
      <Button variant="default" onClick={() => setMaking(true)}>
        {t('newToken')}
      </Button>
      {making && <NewToken onClose={() => setMaking(false)} />}
    </Setting>
  )
}

function TokenLine({ token: { id, name, createdAt, lastUsedAt, lastUsedFrom } }: { token: SyncTokenView }) {
  const { t } = useTranslation('sync')
  const format = useFormat()
  const now = useNow(60_000)
  const call = useCall()
  const [asking, setAsking] = useState(false)
  const revoke = useTask(async () => {
    await call('sync.token.revoke', { id })
    setAsking(false)
    toast(t('revoked', { name }))
  })
  const used = lastUsedAt === null ? t('unused') : t('used', { when: format.ago(lastUsedAt, now), address: lastUsedFrom ?? '' })
  return (
    <li>
      <div className="grow">
        <b>{name}</b>
        <small>{`${t('made', { when: format.ago(createdAt, now) })} ${used}`}</small>
      </div>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(true)} aria-label={t('revokeOf', { name })}>
        {t('revoke')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('revokeTitle', { name })}
          verb={t('revokeVerb')}
          running={revoke.running}
          failure={revoke.failure}
          onConfirm={() => void revoke.run()}
          onClose={() => setAsking(false)}
        >
          {t('revokeHelp', { name })}
        </ConfirmDialog>
      )}
    </li>
  )
}
