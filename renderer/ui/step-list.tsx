import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { StateMark } from './state-mark.tsx'

/** One step of long work. The step that waits names, in its title, the side that must act. */
export interface Step {
  state: 'done' | 'now' | 'todo' | 'failed'
  title: string
  text?: ReactNode
}

/** Long work as steps; changes are announced. */
export function StepList({ steps, label }: { steps: readonly Step[]; label: string }) {
  return (
    <div role="status" aria-label={label}>
      <ol className="steps">
        {steps.map(({ state, title, text }) => (
          <li className="step" data-step={state} key={title}>
            <span className="step-mark">
              {state === 'done' && <IconCheck size={14} stroke={2.6} aria-hidden />}
              {state === 'failed' && <IconAlertTriangle size={14} stroke={2.2} aria-hidden />}
              {state === 'now' && <StateMark mark="waiting" size={13} />}
            </span>
            <span>
              <b>{title}</b>
              {text && <span>{text}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  )
}
