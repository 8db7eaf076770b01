import { useTranslation } from 'react-i18next'
import type { AddressView, PeerView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { PathMark } from '../../ui/path-mark.tsx'
import { type Mark, StateMark } from '../../ui/state-mark.tsx'

/** How a peer is reached, with every address and its last result in words. */
export function PeerReach({ peer, now }: { peer: PeerView; now: number }) {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const { path, problem, lastSeen, kind } = peer
  const encrypted = kind === 'legacy' ? t('notEncrypted') : t('encrypted')
  return (
    <section aria-label={t('reach')}>
      <h3>{t('reach')}</h3>
      <div className="path-line">
        <PathMark path={path === null ? 'none' : 'direct'} size={34} />
        <span>
          <b>{path === null ? t('noPath') : t('directPath')}</b>
          {path === null ? (
            <span>
              {problem === null
                ? lastSeen !== null && t('common:lastSeen', { when: format.ago(lastSeen, now) })
                : [problem.message, problem.action].filter(Boolean).join(' ')}
            </span>
          ) : (
            <span>{path.latencyMs === null ? encrypted : `${format.latency(path.latencyMs)}. ${encrypted}`}</span>
          )}
        </span>
      </div>
      {peer.metered && <p className="hint">{t('metered')}</p>}
      {peer.addresses.length > 0 && (
        <ul className="addresses" aria-label={t('addresses')}>
          {peer.addresses.map((address) => (
            <li key={address.url}>
              <StateMark mark={markOf(address)} size={12} />
              <div>
                <code>{address.url.replace(/^https?:\/\//, '')}</code>
                <AddressResult address={address} now={now} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function AddressResult({ address: { foundVia, lastOk, lastError }, now }: { address: AddressView; now: number }) {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const found = t(`foundVia.${foundVia}`)
  if (lastError !== null && (lastOk === null || lastError.at > lastOk)) {
    const before = lastOk === null ? '' : t('workedBefore', { when: format.ago(lastOk, now) })
    return <small>{[lastError.message, lastError.action, before].filter(Boolean).join(' ')}</small>
  }
  if (lastOk === null) return <small>{t('notTried', { found })}</small>
  return <small>{t('works', { found, when: format.ago(lastOk, now) })}</small>
}

function markOf({ lastOk, lastError }: AddressView): Mark {
  if (lastError !== null && (lastOk === null || lastError.at > lastOk)) return 'problem'
  return lastOk === null ? 'off' : 'online'
}
