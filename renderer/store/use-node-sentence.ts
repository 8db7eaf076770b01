import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useWarningWords } from '../i18n/use-warning-words.ts'
import { useLostAt, useSnapshot } from './app-context.ts'
import { useNow } from './use-now.ts'
import { type NodeSentence, nodeSentence, type Shared } from './node-sentence.ts'

/** A sentence with its words. */
export interface SaidSentence extends NodeSentence {
  text: string
}

/** The time left of a pause is written anew this often, ms. */
const renewEvery = 30_000

/** The sentence about this node that fits now, as data and in words. */
export function useNodeSentence(): SaidSentence {
  const { t, i18n } = useTranslation('overview')
  const format = useFormat()
  const sharedWords = useSharedWords()
  const wordsOf = useWarningWords()
  const lostAt = useLostAt()
  const now = useNow(renewEvery)
  const sentence = nodeSentence({ snapshot: useSnapshot((snapshot) => snapshot), lostAt, now })
  const { count = 0, online = 0, port = '', from = '', to = '', why, where = [], meshes = [] } = sentence.values
  const { what = nothing, at = 0, left = 0 } = sentence.values
  const shared = sharedWords(what)
  const text = t(`sentence.${sentence.key}`, {
    ...{ count, online, port, from, to, why: why === undefined ? '' : wordsOf(why).title },
    ...{ where: format.list(where), mesh: format.list(meshes), what: shared, at: format.until(at, now), left: format.left(left) },
    whatFirst: shared.charAt(0).toLocaleUpperCase(i18n.language) + shared.slice(1),
  })
  return { ...sentence, text }
}

/** Code of the health warning that the sentence says in full; null: none. */
export function useSaidWarning(): string | null {
  const lostAt = useLostAt()
  const now = useNow(renewEvery)
  return useSnapshot((snapshot) => nodeSentence({ snapshot, lostAt, now }).warning)
}

const nothing: Shared = { capabilities: [], services: 0 }

/** What is shared, as a list within a sentence; empty for nothing. */
export function useSharedWords(): (shared: Shared) => string {
  const { t } = useTranslation(['overview', 'common'])
  const format = useFormat()
  return ({ capabilities, services }) =>
    format.list([
      ...capabilities.map((name) => t(`common:capabilityInText.${name}`)),
      ...(services === 0 ? [] : [t('services', { count: services })]),
    ])
}
