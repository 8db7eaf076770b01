import { useEffect, useState } from 'react'
import type { InviteContent } from '../../../electron/contract/calls.ts'
import type { Failure } from '../../../electron/contract/failure.ts'
import { failureOf } from '../../bridge/bridge.ts'
import { useCall } from '../../store/app-context.ts'

/** An invite is pasted rather than typed, so it is read soon after the last key, ms. */
const stillFor = 250

/** What is known of the text in the field. `idle` nothing to read yet. */
export type ReadInvite =
  { kind: 'idle' } | { kind: 'reading' } | { kind: 'read'; content: InviteContent } | { kind: 'failed'; failure: Failure }

/** Reads an invite while it is typed, without asking anybody; only the newest text counts. */
export function useInvite(text: string): ReadInvite {
  const call = useCall()
  const [read, setRead] = useState<{ of: string; read: ReadInvite }>({ of: '', read: { kind: 'idle' } })
  useEffect(() => {
    if (text === '') return
    let current = true
    const set = (next: ReadInvite) => current && setRead({ of: text, read: next })
    const timer = setTimeout(() => {
      call('invite.read', { invite: text }).then(
        (content) => set({ kind: 'read', content }),
        (thrown: unknown) => set({ kind: 'failed', failure: failureOf(thrown) }),
      )
    }, stillFor)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text, call])
  if (text === '') return { kind: 'idle' }
  return read.of === text ? read.read : { kind: 'reading' }
}
