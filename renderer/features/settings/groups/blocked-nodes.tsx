import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BlockedView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useNow } from '../../../store/use-now.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { toast } from '../../../ui/toast.ts'
import { Setting } from '../parts/setting.tsx'

/** The keys this node refuses, each with the way back. */
export function BlockedNodes() {
  const { t } = useTranslation('settings')
  const blocked = useSnapshot((snapshot) => Object.values(snapshot.blocked).toSorted((a, b) => b.at - a.at))
  return (
    <Setting
      title={t('blockedNodes')}
      help={blocked.length === 0 ? t('noneBlocked') : t('blockedHelp')}
      below={
        blocked.length > 0 && (
          <ul className="setting-list">
            {blocked.map((node) => (
              <BlockedNode key={node.id} node={node} />
            ))}
          </ul>
        )
      }
    />
  )
}

function BlockedNode({ node: { id, name, at, why } }: { node: BlockedView }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const now = useNow(60_000)
  const call = useCall()
  const unblock = useTask(async () => {
    await call('peer.unblock', { peer: id })
    toast(t('unblocked', { name }))
  })
  return (
    <li>
      <div className="grow">
        <b>{name}</b>
        <code>{id}</code>
        <small>{t(`blockedWhy.${why}`, { when: format.ago(at, now) })}</small>
        <FailureText failure={unblock.failure} />
      </div>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => void unblock.run()}
        loading={unblock.running}
        aria-label={t('unblockName', { name })}
      >
        {t('unblock')}
      </Button>
    </li>
  )
}
