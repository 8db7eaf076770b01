/** Hours of the day in local time, as people mean them: also over midnight, and on the days when clocks are changed. Pure. */
import type { SharingHours } from '../../contract/sharing.ts'

/** Days to look back and ahead: a window may have begun yesterday, and the next one may be on the same day of the next week. */
const lookAround = [-1, 0, 1, 2, 3, 4, 5, 6, 7]

/** Whether `now` (ms since 1970) is within the hours, and when that changes next; null: never. */
export function hoursAt({ from, until, days }: SharingHours, now: number): { open: boolean; changesAt: number | null } {
  const windows = lookAround
    .map((offset) => ({ offset, day: atMinute(now, offset, 0).getDay() }))
    .filter(({ day }) => days.includes(day))
    .map(({ offset }) => ({
      begin: atMinute(now, offset, from).getTime(),
      end: atMinute(now, until > from ? offset : offset + 1, until).getTime(),
    }))
  const current = windows.filter(({ begin, end }) => begin <= now && now < end)
  if (current.length === 0) {
    const next = windows.find(({ begin }) => begin > now)
    return { open: false, changesAt: next?.begin ?? null }
  }
  return { open: true, changesAt: endOf(windows, now) }
}

/** Windows that touch are one: from midnight to midnight on every day has no end. */
function endOf(windows: readonly { begin: number; end: number }[], now: number): number | null {
  let end = now
  for (const window of windows) if (window.begin <= end && window.end > end) end = window.end
  return end === windows.at(-1)?.end ? null : end
}

/** That minute of the day so many days from now; a minute that is skipped when clocks go forward is the one after it. */
function atMinute(now: number, days: number, minute: number): Date {
  const date = new Date(now)
  date.setDate(date.getDate() + days)
  date.setHours(0, minute, 0, 0)
  return date
}
