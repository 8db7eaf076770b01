/** Hours of the day and days of the week in which something is shared. Pure. */
import type { SharingHours } from '../../../electron/contract/sharing.ts'

/** The week from Monday on; 0 is Sunday. */
export const week = [1, 2, 3, 4, 5, 6, 0] as const

/** Suggested first: the night, every day. */
export const nightly: SharingHours = { from: 22 * 60, until: 7 * 60, days: [...week] }

/** Days that follow each other, as first and last; all seven are one run. */
export function runsOf(days: readonly number[]): { first: number; last: number; length: number }[] {
  const runs: { first: number; last: number; length: number }[] = []
  let isOpen = false
  for (const day of week) {
    const run = runs.at(-1)
    if (!days.includes(day)) isOpen = false
    else if (isOpen && run !== undefined) {
      run.last = day
      run.length += 1
    } else {
      runs.push({ first: day, last: day, length: 1 })
      isOpen = true
    }
  }
  return runs
}

export const isEveryDay = (days: readonly number[]): boolean => week.every((day) => days.includes(day))

/** Whether the hours end on the day after. */
export const endsNextDay = ({ from, until }: Pick<SharingHours, 'from' | 'until'>): boolean => until <= from

/** "22:30" → 1350, as a field for times gives it; null when it is none. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{2}):(\d{2})/u.exec(text)
  const minutes = found === null ? Number.NaN : Number(found[1]) * 60 + Number(found[2])
  return minutes >= 0 && minutes < 24 * 60 ? minutes : null
}

/** 1350 → "22:30", as a field for times takes it. */
export const fieldTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
