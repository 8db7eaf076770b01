import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallInput } from '../../../electron/contract/calls.ts'
import type { CapabilityState } from '../../../electron/contract/capability.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { capabilityResource } from '../../store/grants.ts'
import { useAccess } from '../../store/use-access.ts'
import { useTask } from '../../store/use-task.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { wellIcon } from '../../ui/icons.ts'
import { CapabilityIcon } from '../../ui/glyph.tsx'
import { LimitsSection } from '../../ui/limits/limits-section.tsx'
import { type Mark, StateMark } from '../../ui/state-mark.tsx'
import { WhoMayUse } from '../../ui/who-may-use.tsx'
import { BackendField } from './backend-field.tsx'

const marks: Record<CapabilityState, Mark> = { off: 'off', starting: 'checking', ready: 'online', problem: 'problem', paused: 'paused' }

/** One capability: what it shares, whether it works, where its program is, and its switch. */
export function CapabilityCard({ capability }: { capability: CapabilityView }) {
  const { name, enabled, state } = capability
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(name)
  const call = useCall()
  const set = useTask((on: boolean) => call('capability.set', { name, enabled: on }))
  const limit = useTask((limits: CallInput<'capability.set'>['limits']) => call('capability.set', { name, limits }))
  const access = useAccess(capabilityResource(name))
  // The switch moves at once; if the node refuses, it goes back with the reason below.
  const on = set.running ? !enabled : enabled
  const shown: CapabilityState = set.running ? 'starting' : state
  return (
    <section className="card cap" data-tone={state === 'problem' ? 'problem' : undefined} data-on={on || undefined} aria-label={word}>
      <span className="cap-icon">
        <CapabilityIcon name={name} {...wellIcon} />
      </span>
      <div className="cap-what">
        <h2>{word}</h2>
        <span className="state-word" role="status">
          <StateMark mark={marks[shown]} size={13} />
          <b>{set.running && enabled ? t('stopping') : t(`state.${shown}`)}</b>
        </span>
        <p>{t(`shares.${name}`)}</p>
      </div>
      <div className="cap-who">
        <WhoMayUse what={word} rows={access.meshes} onChange={(mesh, rule) => void access.set.run(mesh, rule)} />
        <FailureText failure={access.set.failure} />
      </div>
      <div className="cap-backend">
        <BackendField capability={capability} />
        <FailureText failure={set.failure} />
      </div>
      <div className="cap-limits">
        <LimitsSection what={word} limits={capability.limits} save={limit} />
      </div>
      <div className="cap-do">
        <Switch
          size="md"
          checked={on}
          disabled={set.running}
          onChange={(event) => void set.run(event.currentTarget.checked)}
          aria-label={t('offer', { name: word })}
        />
      </div>
    </section>
  )
}
