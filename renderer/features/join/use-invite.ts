import { useCallback } from 'react'
import type { InviteContent } from '../../../electron/contract/calls.ts'
import { useCall } from '../../store/app-context.ts'
import { type Lookup, useLookup } from '../../store/use-lookup.ts'

/** An invite is pasted rather than typed, so it is read soon after the last key, ms. */
const stillFor = 250

/** Reads an invite while it is typed, without asking anybody. */
export function useInvite(text: string): Lookup<InviteContent> {
  const call = useCall()
  return useLookup(
    text,
    useCallback((invite: string) => call('invite.read', { invite }), [call]),
    stillFor,
  )
}
