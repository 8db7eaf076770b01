import type { SettingsStore, Sharing } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Wanted } from './target.ts'

interface PauseRefusalComponents {
  sharing: Pick<Sharing, 'pausedFor'>
  settings: Pick<SettingsStore, 'get'>
  clock: Pick<Clock, 'now'>
}

/** Why a peer does not get the thing now; null: it does. Not a matter of rights: what is under way goes on. */
export type RefusalOfPause = (wanted: Wanted) => FcnError | null

/** The error is `paused` (details: retryAfter, seconds, when the end is known). Others are not told why: it says when a person is at home. */
export function createPauseRefusal({ sharing, settings, clock }: PauseRefusalComponents): RefusalOfPause {
  return (wanted) => {
    const paused = sharing.pausedFor(wanted.kind === 'service' ? 'services' : wanted.capability)
    if (paused === null) return null
    const what = wanted.kind === 'service' ? 'its services' : wanted.capability
    return new FcnError('paused', `“${settings.get().name}” does not share ${what} for the time being.`, {
      action: 'Ask another node, or this one again later.',
      details: paused.until === null ? {} : { retryAfter: Math.max(1, Math.ceil((paused.until - clock.now()) / 1_000)) },
    })
  }
}
