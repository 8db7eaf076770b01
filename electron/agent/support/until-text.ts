const minute = 60_000
const day = 86_400_000

/** When a pause ends and how long that is, in English and local time: `until 10:30, 49 min left`. Times in ms since 1970; null: nobody knows. */
export function untilText(until: number | null, now: number): string {
  return until === null ? 'until you resume' : `until ${momentText(until, now)}, ${leftText(until - now)} left`
}

/** `10:30` today, `tomorrow at 6:00`, `Sunday at 6:00` within a week, else the date. */
export function momentText(time: number, now: number): string {
  const date = new Date(time)
  const clock = `${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`
  if (date.toDateString() === new Date(now).toDateString()) return clock
  const next = new Date(now)
  next.setDate(next.getDate() + 1)
  if (date.toDateString() === next.toDateString()) return `tomorrow at ${clock}`
  const isNear = Math.abs(time - now) < 6 * day
  return `${date.toLocaleDateString('en', isNear ? { weekday: 'long' } : { day: 'numeric', month: 'long' })} at ${clock}`
}

/** Rounded up, so that it is never said to be over before it is: `49 min`, `1 h 30 min`, `20 h`. */
export function leftText(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / minute))
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  if (minutes < 600) return `${Math.floor(minutes / 60)} h${rest === 0 ? '' : ` ${rest} min`}`
  return `${Math.ceil(minutes / 60)} h`
}
