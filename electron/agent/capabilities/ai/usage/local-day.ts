/** The day at such a time (ms since 1970) where this computer is: `2026-01-31`. */
export function localDay(time: number): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** Milliseconds until the next day begins here; a day is not always 24 hours long. */
export function untilMidnight(time: number): number {
  const date = new Date(time)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime() - time
}

/** The day so many days before such a time. */
export function dayBefore(time: number, days: number): string {
  const date = new Date(time)
  return localDay(new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime())
}
