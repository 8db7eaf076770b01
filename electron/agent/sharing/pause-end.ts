import { pauseEndsAtHour, type PauseFor } from '../../contract/sharing.ts'

const hour = 3_600_000
/** A new day begins at this hour: who pauses at 1 in the night until tomorrow means the coming morning, who does at 5 the next one. */
const dayBegins = 3

/** When a pause that begins now ends (ms since 1970, local time counts); null: when somebody resumes. Pure. */
export function endOfPause(length: PauseFor, now: number): number | null {
  if (length === 'resumed') return null
  if (length === 'hour') return now + hour
  const end = new Date(now)
  if (end.getHours() >= dayBegins) end.setDate(end.getDate() + 1)
  end.setHours(pauseEndsAtHour, 0, 0, 0)
  return end.getTime()
}
