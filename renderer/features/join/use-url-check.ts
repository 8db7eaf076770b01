import { useCallback } from 'react'
import type { UrlCheck } from '../../../electron/contract/calls.ts'
import { useCall } from '../../store/app-context.ts'
import { type Lookup, useLookup } from '../../store/use-lookup.ts'

/** The address is checked this long after the last key, ms. */
const stillFor = 600

/** Asks the node what answers at `url` while it is typed. */
export function useUrlCheck(url: string): Lookup<UrlCheck> {
  const call = useCall()
  return useLookup(
    url,
    useCallback((typed: string) => call('join.check', { url: typed }), [call]),
    stillFor,
  )
}
