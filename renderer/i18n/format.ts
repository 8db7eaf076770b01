import { isolated } from './isolate.ts'
import { directionOf } from './languages.ts'

/** Numbers, units and times as people of a language write them. Pure: `now` is a parameter. */
export interface Format {
  number(value: number): string
  /** 0.22 → "22%" */
  percent(fraction: number): string
  /** Decimal units, as disks are sold: 148e9 → "148 GB". */
  bytes(count: number): string
  /** The same by the second: 2.1e6 → "2.1 MB/s". */
  byteRate(bytesPerSecond: number): string
  /** 48 → "48 ms" */
  latency(ms: number): string
  /** How long something took: 0.4 → "0.4 ms", 48 → "48 ms", 3400 → "3.4s", 95000 → "1m 35s". */
  duration(ms: number): string
  /** "2 minutes ago" under a day, then "yesterday at 21:14", then "12 October at 21:14". */
  ago(at: number, now: number): string
  /** "in 23 hours", "in 7 days"; "now" once it is past. */
  ahead(at: number, now: number): string
  /** What is left of something, in whole minutes, rounded up: "49 min", "2 hr 5 min". */
  left(ms: number): string
  /** A time to come: "10:30" within a day, then "Sunday 29 November, 10:30". */
  until(at: number, now: number): string
  /** "12 October" */
  day(at: number): string
  /** "Sunday 22 November" */
  weekday(at: number): string
  /** "09:41" */
  time(at: number): string
  /** "09:41:15" */
  exactTime(at: number): string
  /** Minutes since midnight: 1320 → "22:00". */
  clock(minutes: number): string
  /** A day of the week, 0 for Sunday: "Mon". */
  dayName(day: number): string
  /** ["a", "b", "c"] → "a, b and c" */
  list(words: readonly string[]): string
  /** Facts side by side: ["direct", "48 ms"] → "direct, 48 ms". What is empty or not there is left out. */
  facts(words: readonly (string | number | false | null | undefined)[]): string
}

const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour
const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

/** `timeZone` is the system's unless given. */
export function createFormat(language: string, timeZone?: string): Format {
  const mirrored = directionOf(language.split('-')[0] ?? language) === 'rtl'
  const comma = language.startsWith('ar') ? '، ' : ', '
  const zone = timeZone === undefined ? {} : { timeZone }
  const plain = new Intl.NumberFormat(language)
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...zone })
  const exactClock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23', ...zone })
  const dayMonth = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', ...zone })
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long', ...zone })
  const dayKey = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', ...zone })
  const list = new Intl.ListFormat(language, { type: 'conjunction' })
  const wallClock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' })
  const dayName = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' })
  /** Made once: a list of requests asks for thousands a minute. */
  const unitFormats = new Map<string, Intl.NumberFormat>()
  const unit = (name: string, value: number, digits: number, unitDisplay: 'short' | 'narrow' = 'short') => {
    const key = `${name} ${digits} ${unitDisplay}`
    const made =
      unitFormats.get(key) ?? new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: digits })
    unitFormats.set(key, made)
    return made.format(value)
  }
  const units = new Intl.ListFormat(language, { type: 'unit', style: 'narrow' })

  const amount = (count: number, suffix: '' | '-per-second') => {
    const power = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)))
    const value = count / 1000 ** power
    return unit(`${byteUnits[power] ?? 'byte'}${suffix}`, value, value < 10 && power > 1 ? 1 : 0)
  }

  /** Calendar days between two times, as seen on a calendar in this time zone. */
  const daysBetween = (at: number, now: number) => Math.round((Date.parse(dayKey.format(now)) - Date.parse(dayKey.format(at))) / day)

  return {
    number: (value) => plain.format(value),
    percent: (fraction) => percent.format(fraction),
    latency: (ms) => unit('millisecond', ms, ms > 0 && ms < 1 ? 1 : 0),
    duration(ms) {
      if (ms < second) return unit('millisecond', ms, ms < 10 ? 1 : 0)
      if (ms < minute) return unit('second', ms / second, ms < 10 * second ? 1 : 0, 'narrow')
      const [whole, rest] = [Math.floor(ms / minute), Math.floor((ms % minute) / second)]
      return units.format([unit('minute', whole, 0, 'narrow'), unit('second', rest, 0, 'narrow')])
    },
    bytes: (count) => amount(count, ''),
    byteRate: (count) => amount(count, '-per-second'),
    ago(at, now) {
      const past = Math.max(0, now - at)
      if (past < 5 * second) return relative.format(0, 'second')
      if (past < minute) return relative.format(-Math.floor(past / second), 'second')
      if (past < hour) return relative.format(-Math.floor(past / minute), 'minute')
      const days = daysBetween(at, now)
      if (days === 0) return relative.format(-Math.floor(past / hour), 'hour')
      const date = days === 1 ? relative.format(-1, 'day') : dayMonth.format(at)
      return date + comma + clock.format(at)
    },
    ahead(at, now) {
      const left = Math.max(0, at - now)
      if (left < minute) return relative.format(Math.floor(left / second), 'second')
      if (left < hour) return relative.format(Math.round(left / minute), 'minute')
      // a day and a half is better said in hours
      return left < 2 * day ? relative.format(Math.round(left / hour), 'hour') : relative.format(Math.round(left / day), 'day')
    },
    left(ms) {
      const minutes = Math.max(0, Math.ceil(ms / minute))
      const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
      if (hours === 0) return unit('minute', rest, 0)
      return rest === 0 ? unit('hour', hours, 0) : units.format([unit('hour', hours, 0), unit('minute', rest, 0)])
    },
    until: (at, now) => (at - now < day ? clock.format(at) : `${weekday.format(at)}, ${clock.format(at)}`),
    day: (at) => dayMonth.format(at),
    weekday: (at) => weekday.format(at),
    time: (at) => clock.format(at),
    exactTime: (at) => exactClock.format(at),
    clock: (minutes) => wallClock.format(minutes * minute),
    // the first of January 2023 was a Sunday
    dayName: (number) => dayName.format(Date.UTC(2023, 0, 1 + number)),
    facts: (words) => words.filter(Boolean).join(comma),
    list: (words) => list.format(mirrored ? words.map(isolated) : words),
  }
}

/**
 * The person's own regional form of the language that is shown (dates of en-GB, not en-US), else the language itself.
 * Browsers pass on what the system says, which is not always a language tag: `en-US@posix` is left out.
 */
export const localeFor = (language: string, preferred: readonly string[]): string =>
  preferred.find((tag) => isTag(tag) && (tag === language || tag.startsWith(`${language}-`))) ?? language

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1
  } catch {
    return false
  }
}
