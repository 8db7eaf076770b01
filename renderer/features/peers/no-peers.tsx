import { Button } from '@mantine/core'
import { IconTopologyStar3 } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { Empty } from '../../ui/empty.tsx'
import { HouseMark } from '../../ui/house-mark.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { StateMark } from '../../ui/state-mark.tsx'

/** Nobody yet: how to get a second computer, and what this node is doing right now. */
export function NoPeers() {
  const { t } = useTranslation('peers')
  const { open } = useDialogs()
  const { name, port, url } = useSnapshot(({ node }) => ({ name: node.name, port: node.port, url: node.urls[0] ?? `http://127.0.0.1:${node.port}` }))
  const meshes = useSnapshot((snapshot) => Object.keys(snapshot.meshes).length)
  const sharing = useSnapshot(({ capabilities }) => Object.values(capabilities).filter(({ enabled }) => enabled).length)
  return (
    <>
      <Empty
        mark={<HouseMark state="alone" size={72} />}
        title={t('empty.title')}
        actions={
          <>
            {meshes === 0 && <Button onClick={() => open({ kind: 'create-mesh' })}>{t('common:createMesh')}</Button>}
            <Button variant={meshes === 0 ? 'default' : 'filled'} onClick={() => open({ kind: 'join' })}>
              {t('common:joinMesh')}
            </Button>
          </>
        }
      >
        <p>{meshes === 0 ? t('empty.noMesh') : t('empty.help')}</p>
        <ul className="facts">
          <li>
            <StateMark mark="online" size={13} />
            <span>
              <Trans t={t} i18nKey="empty.listening" values={{ port, name }} components={{ b: <b /> }} />
            </span>
          </li>
          <li>
            <StateMark mark="off" size={13} />
            <span>{sharing === 0 ? t('empty.nothingShared') : t('empty.nobodyUses', { count: sharing })}</span>
          </li>
        </ul>
      </Empty>
      <p className="aside-note">
        <IconTopologyStar3 {...buttonIcon} />
        <span>
          <Trans t={t} i18nKey="empty.byUrl" values={{ url }} components={{ code: <code /> }} />
        </span>
      </p>
    </>
  )
}
