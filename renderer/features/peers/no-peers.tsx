import { Button } from '@mantine/core'
import { IconTopologyStar3 } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { Empty } from '../../ui/empty.tsx'
import { HouseMark } from '../../ui/house-mark.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { StateMark } from '../../ui/state-mark.tsx'

/** Nobody yet: how to get a second computer, and what this node is doing right now. */
export function NoPeers() {
  const { t } = useTranslation(['peers', 'common'])
  const url = useSnapshot(({ node }) => node.urls[0] ?? `http://127.0.0.1:${node.port}`)
  const isMember = useSnapshot(({ meshes }) => Object.keys(meshes).length > 0)
  return (
    <>
      <Empty mark={<HouseMark state="alone" size={72} />} title={t('empty.title')} actions={<Ways />}>
        <p>{isMember ? t('empty.help') : t('empty.noMesh')}</p>
        <Facts />
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

/** The one thing that helps most, and the other. */
function Ways() {
  const { t } = useTranslation(['peers', 'common'])
  const { open } = useDialogs()
  const { isMember, isAdmin } = useSnapshot(({ meshes }) => ({
    isMember: Object.keys(meshes).length > 0,
    isAdmin: Object.values(meshes).some(({ role }) => role === 'admin'),
  }))
  return (
    <>
      {!isMember && <Button onClick={() => open({ kind: 'create-mesh' })}>{t('common:createMesh')}</Button>}
      {isAdmin && <Button onClick={() => open({ kind: 'invite' })}>{t('empty.invite')}</Button>}
      <Button variant={isMember && !isAdmin ? 'filled' : 'default'} onClick={() => open({ kind: 'join' })}>
        {isMember ? t('empty.joinAnother') : t('common:joinMesh')}
      </Button>
    </>
  )
}

function Facts() {
  const { t } = useTranslation('peers')
  const { name, port } = useSnapshot(({ node }) => ({ name: node.name, port: node.port }))
  const sharing = useSnapshot(({ capabilities }) => Object.values(capabilities).filter(({ enabled }) => enabled).length)
  return (
    <ul className="facts">
      <li>
        <StateMark mark="online" size={13} />
        <span>
          <Trans t={t} i18nKey="empty.listening" values={{ port, name }} components={{ b: <b /> }} />
        </span>
      </li>
      <Looking />
      <li>
        <StateMark mark="off" size={13} />
        <span>{sharing === 0 ? t('empty.nothingShared') : t('empty.nobodyUses', { count: sharing })}</span>
      </li>
    </ul>
  )
}

/** Of those that were found so many are named. */
const mostNamed = 3

/** Where other nodes are looked for now, and who was found there. */
function Looking() {
  const { t } = useTranslation('peers')
  const format = useFormat()
  const interfaces = useSnapshot(({ network }) => network.interfaces).filter(({ discovery }) => discovery === 'on')
  const found = useSnapshot(({ discovered }) => Object.values(discovered).map(({ name }) => name))
  const named = [
    ...found.slice(0, mostNamed),
    ...(found.length > mostNamed ? [t('empty.others', { count: found.length - mostNamed })] : []),
  ]
  const places = interfaces.map(({ label, addresses: [address] }) => (address === undefined ? label : `${label} (${address})`))
  return (
    <li>
      <StateMark mark={found.length > 0 ? 'online' : places.length > 0 ? 'checking' : 'off'} size={13} />
      <span>
        {found.length > 0
          ? t('empty.found', { list: format.list(named) })
          : places.length > 0
            ? t('empty.looking', { list: format.list(places) })
            : t('empty.notLooking')}
      </span>
    </li>
  )
}
