import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useWarningWords } from '../../i18n/use-warning-words.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { type NodeSummary, summarise } from '../../store/node-summary.ts'
import { HouseMark } from '../../ui/house-mark.tsx'

/** This node in one sentence, state first, then the one thing that matters; below it what that rests on. */
export function NodeHeader({ actions }: { actions: ReactNode }) {
  const read = summarise(useSnapshot((snapshot) => snapshot))
  const sentence = useSentence()
  const facts = useFacts()
  return (
    <header className="node-header">
      <HouseMark state={read.state} size={48} />
      <div className="grow">
        <h1>{sentence(read)}</h1>
        <p role="status">{facts(read)}</p>
      </div>
      <div className="page-actions">{actions}</div>
    </header>
  )
}

function useSentence(): (summary: NodeSummary) => string {
  const { t } = useTranslation('overview')
  const wordsOf = useWarningWords()
  return ({ state, requests, warning }) => {
    if (state !== 'attention') return t(`sentence.${state}`)
    if (requests > 0) return t('sentence.requests', { count: requests })
    return warning === null ? t('sentence.attention') : t('sentence.warning', { title: wordsOf(warning).title })
  }
}

function useFacts(): (summary: NodeSummary) => string {
  const { t } = useTranslation(['overview', 'common'])
  const format = useFormat()
  return ({ sharing, meshes }) => {
    const share =
      sharing.length === 0
        ? t('sharingNothing')
        : t('sharing', { list: format.list(sharing.map((name) => t(`common:capabilityInText.${name}`))) })
    const members = meshes.map(({ name, members, online }) => t('membersOnline', { mesh: name, online, count: members }))
    return [share, ...members].join(' ')
  }
}
