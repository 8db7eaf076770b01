import type { Failure } from '../../electron/contract/failure.ts'
import { useFailureWords } from '../i18n/use-failure-words.ts'
import { StateMark } from './state-mark.tsx'

/** Why something failed and what to do, as soon as it happens. Nothing when there is no failure. */
export function FailureText({ failure }: { failure: Failure | null }) {
  const wordsOf = useFailureWords()
  const words = failure && wordsOf(failure)
  return (
    <div role="alert">
      {words && (
        <p className="failure">
          <StateMark mark="problem" size={13} />
          <span>
            <span>{words.said}</span>
            {words.more && (
              <span className="failure-action" lang={words.moreIn}>
                {words.more}
              </span>
            )}
          </span>
        </p>
      )}
    </div>
  )
}
