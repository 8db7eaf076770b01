import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { PeerView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { standingOf } from '../../../store/peer-standing.ts'
import { usePeerText } from '../../../store/peer-text.ts'
import { useNow } from '../../../store/use-now.ts'
import { PathMark, pathOf } from '../../../ui/path-mark.tsx'
import { StateWord } from '../../../ui/state-mark.tsx'

/** What the drawing shows, in words. */
export function PeerTable({ peers, mesh }: { peers: readonly PeerView[]; mesh: { id: string; name: string } }) {
  const { t } = useTranslation(['overview', 'common'])
  const format = useFormat()
  const textOf = usePeerText()
  const now = useNow()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by the keyboard
    <div className="peer-table" role="region" tabIndex={0} aria-label={t('tableOf', { mesh: mesh.name })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('table.name')}</th>
            <th scope="col">{t('table.state')}</th>
            <th scope="col">{t('table.way')}</th>
            <th scope="col">{t('table.latency')}</th>
          </tr>
        </thead>
        <tbody>
          {peers.map((peer) => {
            const { word, path } = textOf(peer, now)
            const latency = peer.path?.latencyMs ?? null
            return (
              <tr key={peer.id}>
                <th scope="row">
                  <Link href={`/peers/${encodeURIComponent(peer.id)}`}>{peer.name}</Link>
                  {peer.hubOf.includes(mesh.id) && <small>{t('common:hub')}</small>}
                </th>
                <td>
                  <StateWord mark={standingOf(peer)}>{word}</StateWord>
                </td>
                <td>
                  <span className="tag-path">
                    <PathMark path={pathOf(peer.path)} size={20} />
                    {path}
                  </span>
                </td>
                <td className="num">{latency === null ? t('table.noLatency') : format.latency(latency)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
