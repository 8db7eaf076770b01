import type { Failure } from '../../electron/contract/failure.ts'
import { StateMark } from './state-mark.tsx'

/** Why something failed and what to do, as soon as it happens. Nothing when there is no failure. */
export function FailureText({ failure }: { failure: Failure | null }) {
  return (
    <div role="alert">
      {failure && (
        <p className="failure">
          <StateMark mark="problem" size={13} />
          <span>
            <span>{failure.message}</span>
            {failure.action && <span className="failure-action">{failure.action}</span>}
          </span>
        </p>
      )}
    </div>
  )
}
