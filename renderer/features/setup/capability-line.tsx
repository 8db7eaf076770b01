import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import type { FoundProgram } from '../../../electron/contract/setup.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { CapabilityIcon } from '../../ui/glyph.tsx'
import { wellIcon } from '../../ui/icons.ts'
import { type Mark, StateMark } from '../../ui/state-mark.tsx'

const marks: Partial<Record<string, Mark>> = { starting: 'checking', ready: 'online', problem: 'problem', paused: 'paused' }

interface CapabilityLineProps {
  capability: CapabilityView
  program: FoundProgram | null
  /** Offer it only while nobody uses this computer. */
  quiet: boolean
}

/** One capability: what it shares, the program found for it, and its switch, which works at once. */
export function CapabilityLine({ capability, program, quiet }: CapabilityLineProps) {
  const { t } = useTranslation('setup')
  const { name, enabled, state, backend } = capability
  const word = useCapabilityName()(name)
  const call = useCall()
  // engines of models are found by the node itself, which needs no address for them
  const isAi = name === 'ai'
  const engine = useSnapshot(({ ai }) => ai.engines[0]?.url ?? null)
  const place = (isAi ? engine : backend) ?? program?.backend ?? null
  const set = useTask((on: boolean) =>
    call(
      'capability.set',
      on
        ? { name, enabled: on, ...(!isAi && { backend: place }), ...(quiet && { conditions: { whileInUse: false } }) }
        : { name, enabled: on },
    ),
  )
  // the switch moves at once; if the node refuses, it goes back with the reason below
  const on = set.running ? !enabled : enabled
  const shown = set.running ? 'starting' : state
  const needs = `needs-${name}`
  const needed = name === 'storage' || name === 'ai' ? t(`share.missing.${name}`) : t('share.missing.other')
  return (
    <li data-on={on || undefined}>
      <span className="choice-well">
        <CapabilityIcon name={name} {...wellIcon} />
      </span>
      <div className="grow">
        <span className="setup-name">
          <b>{word}</b>
          <span className="state-word" role="status">
            {(enabled || set.running) && (
              <>
                <StateMark mark={marks[shown] ?? 'off'} size={13} />
                <span>{t(`share.state.${shown}`)}</span>
              </>
            )}
          </span>
        </span>
        <span>{t(`share.what.${name}`)}</span>
        <span className="setup-program" id={needs} data-found={place !== null || undefined}>
          {program !== null ? t('share.found', { detail: program.detail }) : place !== null ? t('share.chosen', { url: place }) : needed}
        </span>
        <FailureText failure={set.failure ?? (state === 'problem' ? capability.problem : null)} />
      </div>
      <Switch
        size="md"
        checked={on}
        disabled={set.running || (place === null && !enabled)}
        onChange={(event) => void set.run(event.currentTarget.checked)}
        aria-label={t('share.offer', { name: word })}
        aria-describedby={needs}
      />
    </li>
  )
}
