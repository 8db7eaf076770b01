import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useNow } from '../../store/use-now.ts'
import type { Step } from '../../ui/step-list.tsx'

/** Whether the person at this screen still has to compare the codes. */
export const mustCompare = ({ state, code, confirmed }: JoinView): boolean =>
  (state === 'waiting' || state === 'confirming') && code !== null && !confirmed

/** A join as steps. Comparing and approving go on at the same time, each on its own side; both steps say on which. */
export function useJoinSteps(): (join: JoinView) => Step[] {
  const { t } = useTranslation('join')
  const format = useFormat()
  const now = useNow(5_000)
  const wordsOf = useFailureWords()
  return (join) => {
    const { state, approver, mesh, url, problem, createdAt } = join
    const name = approver?.name ?? url
    const meshName = mesh?.name ?? t('theMesh')
    const words = problem === null ? null : wordsOf(problem)
    const reached: Step = { state: 'done', title: t('reached', { name }), text: join.code === null ? undefined : t('keysExchanged') }
    const admission: Step = { state: 'todo', title: t('admission', { mesh: meshName }) }
    switch (state) {
      case 'connecting':
        return [
          { state: 'now', title: t('connectingTo', { name }), text: words?.whole ?? t('connectingHelp') },
          { state: 'todo', title: t('waitingFor', { name }) },
          admission,
        ]
      case 'waiting':
        return [
          reached,
          ...comparing(join),
          {
            state: 'now',
            title: t('waitingFor', { name }),
            text: `${t(join.code === null ? 'waitingHelpKnown' : 'waitingHelp')} ${t('asked', { when: format.ago(createdAt, now) })}`,
          },
          admission,
        ]
      case 'confirming':
        return [reached, { state: 'done', title: t('approvedBy', { name }) }, ...comparing(join), admission]
      case 'joined':
        // an old node is in no mesh, and asks nobody
        return mesh === null
          ? [reached, { state: 'done', title: t('connectedLegacy') }]
          : [reached, { state: 'done', title: t('approvedBy', { name }) }, { state: 'done', title: t('memberOf', { mesh: meshName }) }]
      case 'rejected':
        return [reached, { state: 'failed', title: t('declinedBy', { name }), text: t('declinedHelp') }]
      case 'expired':
        return [reached, { state: 'failed', title: t('expired'), text: t('expiredHelp') }]
      case 'failed':
        return [{ state: 'failed', title: words?.said ?? t('failed', { name }), text: words?.more ?? t('failedHelp') }]
    }
  }

  function comparing(join: JoinView): Step[] {
    if (join.code === null) return []
    return mustCompare(join)
      ? [{ state: 'now', title: t('compareHere'), text: t('compareHelp') }]
      : [{ state: 'done', title: t('compared') }]
  }
}
