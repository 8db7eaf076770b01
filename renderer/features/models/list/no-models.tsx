import { Button } from '@mantine/core'
import { IconBrain } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useFormat } from '../../../i18n/use-format.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useDialogs, useSnapshot } from '../../../store/app-context.ts'
import { Empty } from '../../../ui/empty.tsx'
import { StateMark } from '../../../ui/state-mark.tsx'

/** No model anywhere: where models come from, what is here and with the peers, and the way to the first. */
export function NoModels() {
  const { t } = useTranslation(['models', 'common'])
  const [, navigate] = useLocation()
  const { open } = useDialogs()
  const hasEngine = useSnapshot(({ ai }) => ai.engines.length > 0)
  const isMember = useSnapshot(({ meshes }) => Object.keys(meshes).length > 0)
  return (
    <Empty
      mark={<IconBrain size={56} stroke={1.2} aria-hidden />}
      title={hasEngine ? t('empty.noModel') : t('empty.title')}
      actions={
        <>
          <Button onClick={() => navigate('/capabilities/ai')}>{hasEngine ? t('empty.engines') : t('empty.getEngine')}</Button>
          {!isMember && (
            <Button variant="default" onClick={() => open({ kind: 'join' })}>
              {t('common:joinMesh')}
            </Button>
          )}
        </>
      }
    >
      <p>{hasEngine ? t('empty.fetchOne') : t('empty.help')}</p>
      <ul className="facts">
        <Engines />
        <Peers />
      </ul>
    </Empty>
  )
}

function Engines() {
  const { t } = useTranslation('models')
  const format = useFormat()
  const wordsOf = useFailureWords()
  const engines = useSnapshot(({ ai }) => ai.engines)
  const problem = engines.find(({ state }) => state === 'problem')
  return (
    <li>
      <StateMark mark={engines.length === 0 ? 'checking' : problem ? 'problem' : 'online'} size={13} />
      <span>
        {engines.length === 0 ? t('empty.lookingHere') : t('empty.enginesHere', { list: format.list(engines.map(({ name }) => name)) })}
        {problem?.problem && <small>{wordsOf(problem.problem).whole}</small>}
      </span>
    </li>
  )
}

/** Of the peers those that say that they share models. */
function Peers() {
  const { t } = useTranslation('models')
  const offering = useSnapshot(
    ({ peers }) =>
      Object.values(peers).filter(({ capabilities }) => capabilities.some(({ name, state }) => name === 'ai' && state !== 'off')).length,
  )
  return (
    <li>
      <StateMark mark={offering === 0 ? 'off' : 'checking'} size={13} />
      <span>{offering === 0 ? t('empty.noPeerShares') : t('empty.peersShare', { count: offering })}</span>
    </li>
  )
}
