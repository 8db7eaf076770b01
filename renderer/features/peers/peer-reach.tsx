import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { PeerPath } from '../../../electron/contract/relay.ts'
import type { AddressView, PeerView } from '../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { PathMark, pathOf } from '../../ui/path-mark.tsx'
import { type Mark, StateMark } from '../../ui/state-mark.tsx'

/** How a peer is reached, why not directly, and every address with its last result in words. */
export function PeerReach({ peer, now }: { peer: PeerView; now: number }) {
  const { t } = useTranslation(['peers', 'common'])
  const { path } = peer
  const own = useSnapshot(({ node }) => node.id)
  const facts = useFacts()(peer, now)
  const title =
    path === null
      ? t('noPath')
      : path.kind === 'direct'
        ? t('common:direct')
        : t(path.hub.id === own ? 'common:relayedHere' : 'common:relayedVia', { hub: path.hub.name })
  return (
    <section aria-label={t('reach')}>
      <h3>{t('reach')}</h3>
      <div className="path-line">
        <PathMark path={pathOf(path)} size={34} />
        <span>
          <b>{title}</b>
          <span>{facts}</span>
        </span>
      </div>
      {path?.kind === 'relayed' && <WhyNotDirect path={path} />}
      {peer.metered && <p className="hint">{t('metered')}</p>}
      {peer.addresses.length > 0 && (
        <ul className="addresses" aria-label={t('addresses')}>
          {peer.addresses.map((address) => (
            <li key={address.url}>
              <StateMark mark={markOf(address)} size={12} />
              <div>
                <AddressName url={address.url} via={peer.via} />
                <AddressResult address={address} now={now} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** How far it is and who can read what passes; or since when and why it is not reached. */
function useFacts(): (peer: PeerView, now: number) => string {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const wordsOf = useFailureWords()
  return ({ path, problem, lastSeen, kind }, now) => {
    if (path === null) {
      if (problem !== null) return wordsOf(problem).whole
      return lastSeen === null ? '' : t('common:lastSeen', { when: format.ago(lastSeen, now) })
    }
    const secret = kind === 'legacy' ? t('notEncrypted') : t(path.kind === 'relayed' ? 'hubCannotRead' : 'encrypted')
    return path.latencyMs === null ? secret : `${format.latency(path.latencyMs)}. ${secret}`
  }
}

/** What keeps a peer behind a hub, and what a person can do about it. */
function WhyNotDirect({ path: { whyNotDirect } }: { path: Extract<PeerPath, { kind: 'relayed' }> }) {
  const { t } = useTranslation('peers')
  const wordsOf = useFailureWords()
  const why = whyNotDirect === null ? t('directNotTried') : wordsOf(whyNotDirect).whole
  return (
    <div className="why-not-direct">
      <b>{t('whyNotDirect')}</b>
      <p>{why}</p>
      <p>
        {t('becomesDirect')} <Link href="/settings/doctor">{t('askDoctor')}</Link>
      </p>
    </div>
  )
}

const relayScheme = 'relay://'

/** An address as people know it: host and port, or the hub that it is reached through. */
function AddressName({ url, via }: { url: string; via: PeerView['via'] }) {
  const { t } = useTranslation('peers')
  const hub = url.startsWith(relayScheme) ? url.slice(relayScheme.length) : null
  const own = useSnapshot(({ node }) => node)
  const known = useSnapshot(({ peers }) => (hub === null ? null : (peers[hub]?.name ?? null)))
  if (hub === null) return <code>{url.replace(/^https?:\/\//, '')}</code>
  if (hub === own.id) return <span>{t('throughHere')}</span>
  return <span>{t('throughHub', { hub: via.find(({ id }) => id === hub)?.name ?? known ?? hub })}</span>
}

function AddressResult({ address: { foundVia, lastOk, lastError }, now }: { address: AddressView; now: number }) {
  const { t } = useTranslation(['peers', 'common'])
  const format = useFormat()
  const wordsOf = useFailureWords()
  const found = t(`foundVia.${foundVia}`)
  if (lastError !== null && (lastOk === null || lastError.at > lastOk)) {
    const before = lastOk === null ? '' : t('workedBefore', { when: format.ago(lastOk, now) })
    return <small>{[wordsOf(lastError).whole, before].filter(Boolean).join(' ')}</small>
  }
  if (lastOk === null) return <small>{t('notTried', { found })}</small>
  return <small>{t('works', { found, when: format.ago(lastOk, now) })}</small>
}

function markOf({ lastOk, lastError }: AddressView): Mark {
  if (lastError !== null && (lastOk === null || lastError.at > lastOk)) return 'problem'
  return lastOk === null ? 'off' : 'online'
}
