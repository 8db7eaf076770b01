import { useEffect, useRef, useState } from 'react'
import type { CapabilityName } from '../../electron/contract/capability.ts'
import type { ChoiceView } from '../../electron/contract/routing.ts'
import type { Failure } from '../../electron/contract/failure.ts'
import { failureOf } from '../bridge/bridge.ts'
import { useCall, useSnapshot } from './app-context.ts'

/** Shortest time between two questions, ms: a busy mesh changes many times a second. */
const askEvery = 1_000

/** Who would be asked for a capability now; null before the first answer. */
export interface KnownChoice {
  choice: ChoiceView | null
  failure: Failure | null
}

/** Asks who would serve a capability, and again whenever the state has changed, at most once a second; null asks nothing. */
export function useChoice(capability: CapabilityName | null): KnownChoice {
  const call = useCall()
  const revision = useSnapshot((snapshot) => snapshot.revision)
  const [known, setKnown] = useState<KnownChoice & { of: CapabilityName | null }>({ of: null, choice: null, failure: null })
  /** What was asked last, in which state, and when; answers to older questions do not count. */
  const asked = useRef({ of: null as CapabilityName | null, revision: -1, at: -Infinity, number: 0 })
  useEffect(() => () => void (asked.current.number = Infinity), [])
  useEffect(() => {
    if (capability === null || (asked.current.of === capability && asked.current.revision === revision)) return
    const soonest = asked.current.of === capability ? asked.current.at + askEvery : 0
    const timer = setTimeout(
      () => {
        const number = asked.current.number + 1
        asked.current = { of: capability, revision, at: performance.now(), number }
        const put = (answer: KnownChoice) => asked.current.number === number && setKnown({ of: capability, ...answer })
        call('route.explain', { capability }).then(
          (choice) => put({ choice, failure: null }),
          (thrown: unknown) => put({ choice: null, failure: failureOf(thrown) }),
        )
      },
      Math.max(0, soonest - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [call, capability, revision])
  return known.of === capability ? known : { choice: null, failure: null }
}
