import { IconPlugConnected, IconShieldCheck, IconShieldX, IconSitemap } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { Notice } from '../../ui/notice.tsx'

/** Its role in each mesh and who let it in; or that it was removed or is blocked here, by whom and when. */
export function PeerMembership({ peer, now }: { peer: PeerView; now: number }) {
  const { t } = useTranslation('peers')
  const format = useFormat()
  const meshes = useSnapshot((snapshot) => snapshot.meshes)
  const own = useSnapshot(({ node }) => node.id)
  const { removed } = peer
  const letIn = (mesh: string) => {
    const by = peer.admittedBy[mesh]
    if (by === undefined) return ''
    if (by.id === mesh) return t('founded')
    return by.id === own ? t('letInHere') : t('letInBy', { name: by.name })
  }
  /** Who told of it; nobody did where this node or the mesh itself stands. */
  const introduced = (mesh: string) => {
    const by = peer.introducedBy[mesh]
    return by === undefined || by.id === mesh || by.id === own || by.id === peer.id ? '' : t('introducedBy', { name: by.name })
  }
  const came = (mesh: string) => {
    const by = peer.introducedBy[mesh]
    const isOne = by !== undefined && introduced(mesh) !== '' && by.id === peer.admittedBy[mesh]?.id
    return isOne ? t('letInAndIntroducedBy', { name: by.name }) : [letIn(mesh), introduced(mesh)].filter(Boolean).join('. ')
  }
  if (removed === null && peer.meshes.length === 0) return null
  return (
    <section aria-label={t('membership')}>
      <h3>{t('membership')}</h3>
      {removed !== null && (
        <Notice
          title={t(removed.how === 'blocked' ? 'blockedBy' : 'removedBy', { by: removed.by.name, when: format.ago(removed.at, now) })}
        >
          {t(removed.how === 'blocked' ? 'blockedHelp' : 'removedHelp')}
        </Notice>
      )}
      <ul className="memberships">
        {peer.meshes.map((mesh) => {
          const role = peer.roles[mesh] ?? peer.role ?? 'member'
          const Shield = removed === null ? IconShieldCheck : IconShieldX
          return (
            <li className="note-line" key={mesh}>
              <Shield size={16} stroke={1.7} aria-hidden />
              <span>
                {t(`roleIn.${role}`, { mesh: meshes[mesh]?.name ?? mesh })}
                <small>{came(mesh)}</small>
              </span>
            </li>
          )
        })}
        {removed === null && <RelayFacts peer={peer} />}
      </ul>
    </section>
  )
}

/** For whom it relays, and the hubs through which it is reached. */
function RelayFacts({ peer: { hubOf, via } }: { peer: PeerView }) {
  const { t } = useTranslation('peers')
  const format = useFormat()
  const meshes = useSnapshot((snapshot) => snapshot.meshes)
  return (
    <>
      {hubOf.length > 0 && (
        <li className="note-line">
          <IconSitemap size={16} stroke={1.7} aria-hidden />
          <span>
            {t('hubIn', { mesh: format.list(hubOf.map((mesh) => meshes[mesh]?.name ?? mesh)) })}
            <small>{t('hubHelp')}</small>
          </span>
        </li>
      )}
      {via.length > 0 && (
        <li className="note-line">
          <IconPlugConnected size={16} stroke={1.7} aria-hidden />
          <span>
            {t('attachedTo', { list: format.list(via.map(({ name }) => name)) })}
            <small>{t('attachedHelp')}</small>
          </span>
        </li>
      )}
    </>
  )
}
