import { IconShieldCheck, IconShieldX } from '@tabler/icons-react'
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
                <small>{letIn(mesh)}</small>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
