import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CapabilityName, capabilityName, capabilityNames } from '../../../electron/contract/capability.ts'
import type { ChoiceView } from '../../../electron/contract/routing.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useChoice } from '../../store/use-choice.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { StateMark } from '../../ui/state-mark.tsx'

/** Who serves a capability for this computer, in which order, and why the others do not. */
export function WhoServes() {
  const { t } = useTranslation('capabilities')
  const nameOf = useCapabilityName()
  const [name, setName] = useState<CapabilityName>('ai')
  const { choice, failure } = useChoice(name)
  return (
    <section className="card who-serves" aria-labelledby="who-serves-title">
      <h2 className="card-title" id="who-serves-title">
        {t('whoServes')}
      </h2>
      <p className="hint">{t('whoServesHelp')}</p>
      <SegmentedControl
        data={capabilityNames.map((value) => ({ value, label: nameOf(value) }))}
        value={name}
        onChange={(value) => setName(capabilityName.parse(value))}
        aria-label={t('whoServes')}
      />
      <FailureText failure={failure} />
      {choice && <Choice choice={choice} word={nameOf(name)} />}
    </section>
  )
}

function Choice({ choice: { candidates, leftOut }, word }: { choice: ChoiceView; word: string }) {
  const { t } = useTranslation(['capabilities', 'common'])
  const self = useSnapshot(({ node }) => node.id)
  const near = leftOut.filter(({ why }) => why !== 'not_offered')
  const others = leftOut.length - near.length
  return (
    <div className="serving">
      {candidates.length === 0 ? (
        <p className="none">{t('nobodyServes', { name: word })}</p>
      ) : (
        <ol aria-label={t('askedInOrder')}>
          {candidates.map((candidate) => (
            <CandidateLine key={candidate.id} candidate={candidate} isOwn={candidate.id === self} />
          ))}
        </ol>
      )}
      {near.length > 0 && (
        <>
          <h3>{t('notUsed')}</h3>
          <ul aria-label={t('notUsed')}>
            {near.map(({ id, name, why }) => (
              <li key={id}>
                <StateMark mark={why === 'offline' ? 'offline' : 'removed'} size={12} />
                <b className="cut">{name}</b>
                <span className="grow">{t(`common:whyNot.${why}`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {others > 0 && <p className="hint">{t('notOffered', { count: others })}</p>}
    </div>
  )
}

function CandidateLine({ candidate, isOwn }: { candidate: ChoiceView['candidates'][number]; isOwn: boolean }) {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const { name, tier, latencyMs, underWay } = candidate
  return (
    <li>
      <StateMark mark="online" size={12} />
      <b className="cut">{name}</b>
      <span className="grow">{tier === 0 ? t('askedFirst') : t('askedLater')}</span>
      {underWay > 0 && <small className="num">{t('underWay', { count: underWay })}</small>}
      <small className="num">{isOwn ? t('thisComputer') : latencyMs === null ? t('distanceUnknown') : format.latency(latencyMs)}</small>
    </li>
  )
}
