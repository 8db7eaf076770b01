import { useTranslation } from 'react-i18next'
import type { PeerPath } from '../../electron/contract/relay.ts'
import type { PeerView } from '../../electron/contract/snapshot.ts'
import { useFailureWords } from '../i18n/use-failure-words.ts'
import { useFormat } from '../i18n/use-format.ts'
import { useSnapshot } from './app-context.ts'
import { standingOf } from './peer-standing.ts'

/** A peer's state and path in words, as in rows, drawer and labels. */
export function usePeerText(): (peer: PeerView, now: number) => { word: string; path: string } {
  const { t } = useTranslation()
  const format = useFormat()
  const wordsOf = useFailureWords()
  const own = useSnapshot(({ node }) => node.id)
  return (peer, now) => {
    const standing = standingOf(peer)
    const seen = peer.lastSeen === null ? t('neverSeen') : t('lastSeen', { when: format.ago(peer.lastSeen, now) })
    const blocked = peer.removed?.how === 'blocked'
    const word = blocked ? t('peer.blocked') : standing === 'offline' || standing === 'problem' ? seen : t(`peer.${standing}`)
    const path = peer.removed !== null ? seen : peer.path === null ? pathless(peer) : wayOf(peer.path)
    return { word, path }
  }
  function wayOf(path: PeerPath): string {
    if (path.kind === 'direct') return t('direct')
    return path.hub.id === own ? t('relayedHere') : t('relayedVia', { hub: path.hub.name })
  }
  function pathless(peer: PeerView): string {
    const { state, problem } = peer
    if (state === 'suspect') return t('missedAnswer')
    return problem === null || standingOf(peer) === 'offline' ? t('noAnswer') : wordsOf(problem).said
  }
}
