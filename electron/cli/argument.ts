import { InvalidArgumentError } from 'commander'
import { port } from '../contract/settings.ts'

/** Readers of arguments and options: the value, or a refusal that says what is expected. */

export function portNumber(text: string): number {
  const result = port.safeParse(/^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN)
  if (!result.success) throw new InvalidArgumentError('A port is a whole number from 1 to 65535.')
  return result.data
}

export function countUpTo(max: number, least = 1): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/u.test(text) ? Number(text) : -1
    if (value < least || value > max) throw new InvalidArgumentError(`It is a whole number from ${least} to ${max}.`)
    return value
  }
}

/** A port of this machine or the URL of a program. */
export function portOrUrl(text: string): { port: number } | { url: string } {
  if (/^\d+$/u.test(text)) return { port: portNumber(text) }
  if (!/^https?:\/\/./iu.test(text)) throw new InvalidArgumentError('Give a port (8080) or a URL (http://127.0.0.1:8080).')
  return { url: text }
}

const units: Record<string, number> = { s: 1000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000 }

/** A span of time such as `30min`, `12h` or `7d`, in ms. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d{1,6})\s*(s|m|min|h|d)$/u.exec(text.trim()) ?? []
  const ms = units[unit ?? '']
  if (count === undefined || ms === undefined) throw new InvalidArgumentError('Give a number and a unit: 30min, 12h or 7d.')
  return Number(count) * ms
}

/** The same between two bounds that are named in the refusal. */
export function durationWithin(least: string, most: string): (text: string) => number {
  return (text) => {
    const ms = duration(text)
    if (ms < duration(least) || ms > duration(most)) throw new InvalidArgumentError(`It is from ${least} to ${most}.`)
    return ms
  }
}

/** A point in time: ms since 1970, or so many ms before now. */
export type Moment = { at: number } | { before: number }

/** `2d` (two days ago), `2026-11-22`, or `2026-11-22 16:30`; local time unless the text names a zone. */
export function moment(text: string): Moment {
  if (/^\d{1,6}\s*[a-z]+$/u.test(text)) return { before: duration(text) }
  // a date alone would be read as UTC
  const at = /^\d{4}-\d\d-\d\d/u.test(text) ? Date.parse(text.length === 10 ? `${text}T00:00` : text.replace(' ', 'T')) : Number.NaN
  if (Number.isNaN(at)) throw new InvalidArgumentError('Give a time (2026-11-22 16:30), a date or how long ago (2d).')
  return { at }
}

/** Six digits, as people read them from a screen: `402 913`, `402-913`. */
export function comparisonCode(text: string): string {
  const digits = text.replaceAll(/[\s-]/gu, '')
  if (!/^\d{6}$/u.test(digits)) throw new InvalidArgumentError('A code has six digits.')
  return digits
}

const byteUnits: Record<string, number> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12, ki: 2 ** 10, mi: 2 ** 20, gi: 2 ** 30, ti: 2 ** 40 }

/** A number of bytes such as `800kB`, `5MB`, `1.5 GB` or `64KiB`; `MB/s` is taken too. */
export function byteCount(text: string): number {
  const [, count, unit] = /^(\d{1,16}(?:\.\d{1,9})?)\s*([kmgt]?i?)b?(?:\/s)?$/iu.exec(text.trim()) ?? []
  const size = byteUnits[(unit ?? '').toLowerCase()]
  if (count === undefined || size === undefined) throw new InvalidArgumentError('Give a number and a unit: 800kB, 5MB or 64KiB.')
  return Math.round(Number(count) * size)
}

/** The shortest text that `byteCount` reads as the same number: `5MB`, `1.5GB`, `64KiB`. */
export function byteText(bytes: number): string {
  const texts = Object.entries({ TB: 1e12, TiB: 2 ** 40, GB: 1e9, GiB: 2 ** 30, MB: 1e6, MiB: 2 ** 20, kB: 1e3, KiB: 2 ** 10 }).map(
    ([unit, size]) => ({
      text: `${bytes / size}${unit}`,
      whole: bytes >= size,
    }),
  )
  const exact = texts.filter(({ text, whole }) => whole && /^\d+(?:\.\d{1,2})?[A-Za-z]/u.test(text)).map(({ text }) => text)
  return [...exact, `${bytes}B`].reduce((best, text) => (text.length < best.length ? text : best))
}

/** The same between two bounds, or `none`. */
export function byteCountOrNone(least: number, most: number): (text: string) => number | 'none' {
  return (text) => {
    if (text === 'none') return text
    const bytes = byteCount(text)
    if (bytes < least || bytes > most) throw new InvalidArgumentError(`It is from ${byteText(least)} to ${byteText(most)}, or none.`)
    return bytes
  }
}
