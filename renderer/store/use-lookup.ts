import { useEffect, useState } from 'react'
import type { Failure } from '../../electron/contract/failure.ts'
import { failureOf } from '../bridge/bridge.ts'

/** What is known of the text in a field. `idle`: there is none yet. */
export type Lookup<T> = { kind: 'idle' } | { kind: 'looking' } | { kind: 'found'; content: T } | { kind: 'failed'; failure: Failure }

/**
 * Looks up what somebody types, `stillFor` ms after the last key; only the newest text counts. `look` keeps its
 * identity from one rendering to the next.
 */
export function useLookup<T>(text: string, look: (text: string) => Promise<T>, stillFor: number): Lookup<T> {
  const [known, setKnown] = useState<{ of: string; lookup: Lookup<T> } | null>(null)
  useEffect(() => {
    if (text === '') return
    let current = true
    const set = (lookup: Lookup<T>) => current && setKnown({ of: text, lookup })
    const timer = setTimeout(() => {
      look(text).then(
        (content) => set({ kind: 'found', content }),
        (thrown: unknown) => set({ kind: 'failed', failure: failureOf(thrown) }),
      )
    }, stillFor)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text, look, stillFor])
  if (text === '') return { kind: 'idle' }
  return known?.of === text ? known.lookup : { kind: 'looking' }
}
