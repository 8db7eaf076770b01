import { useEffect, useState } from 'react'
import type { Failure } from '../../../electron/contract/failure.ts'
import type { UrlCheck } from '../../../electron/contract/calls.ts'
import { failureOf } from '../../bridge/bridge.ts'
import { useCall } from '../../store/app-context.ts'

/** The address is checked this long after the last key, ms. */
const stillFor = 600

/** What is known of the address in the field. `idle` nothing to check yet. */
export type Check =
  { kind: 'idle' } | { kind: 'checking' } | { kind: 'checked'; url: string; result: UrlCheck } | { kind: 'failed'; failure: Failure }

/** Asks the node what answers at `url` while it is typed; only the newest question counts. */
export function useUrlCheck(url: string): Check {
  const call = useCall()
  const [check, setCheck] = useState<{ of: string; check: Check }>({ of: '', check: { kind: 'idle' } })
  useEffect(() => {
    if (url === '') return
    let current = true
    const set = (next: Check) => current && setCheck({ of: url, check: next })
    const timer = setTimeout(() => {
      call('join.check', { url }).then(
        (result) => set({ kind: 'checked', url, result }),
        (thrown: unknown) => set({ kind: 'failed', failure: failureOf(thrown) }),
      )
    }, stillFor)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [url, call])
  if (url === '') return { kind: 'idle' }
  return check.of === url ? check.check : { kind: 'checking' }
}
