import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hoursAt } from '../../../../electron/agent/sharing/hours.ts'
import { endOfPause } from '../../../../electron/agent/sharing/pause-end.ts'

/** Node reads the zone anew whenever it is set. */
let zone: string | undefined
beforeEach(() => {
  zone = process.env['TZ']
  process.env['TZ'] = 'Europe/Berlin'
})
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

/** Local time in that zone; 22 November 2026 is a Sunday. */
const local = (text: string) => Date.parse(text)
const at = (hours: number, minutes = 0) => hours * 60 + minutes
const everyDay = [0, 1, 2, 3, 4, 5, 6]
const night = { from: at(22), until: at(6), days: everyDay }
const workdays = { from: at(9), until: at(17, 30), days: [1, 2, 3, 4, 5] }

describe('hours of the day', () => {
  it.each([
    ['before they begin', workdays, '2026-11-23T08:59', false, '2026-11-23T09:00'],
    ['as they begin', workdays, '2026-11-23T09:00', true, '2026-11-23T17:30'],
    ['as they end', workdays, '2026-11-23T17:30', false, '2026-11-24T09:00'],
    ['on a day that is none of theirs', workdays, '2026-11-22T12:00', false, '2026-11-23T09:00'],
    ['on the last of their days', workdays, '2026-11-27T18:00', false, '2026-11-30T09:00'],
    ['over midnight, in the evening', night, '2026-11-22T23:00', true, '2026-11-23T06:00'],
    ['over midnight, in the morning', night, '2026-11-23T05:59', true, '2026-11-23T06:00'],
    ['over midnight, by day', night, '2026-11-23T12:00', false, '2026-11-23T22:00'],
    ['over midnight, begun on one of their days', { ...night, days: [6] }, '2026-11-22T05:00', true, '2026-11-22T06:00'],
    ['over midnight, not begun on one of their days', { ...night, days: [0] }, '2026-11-22T05:00', false, '2026-11-22T22:00'],
    ['once a week, just over', { from: at(9), until: at(10), days: [0] }, '2026-11-22T10:00', false, '2026-11-29T09:00'],
    ['a day long', { from: at(8), until: at(8), days: [0] }, '2026-11-23T07:59', true, '2026-11-23T08:00'],
    ['in the night when clocks go back', night, '2026-10-25T01:00', true, '2026-10-25T06:00'],
    ['in the night when clocks go forward', night, '2026-03-29T01:00', true, '2026-03-29T06:00'],
    ['from a time that clocks skip', { from: at(2, 30), until: at(4), days: everyDay }, '2026-03-29T01:59', false, '2026-03-29T03:30'],
  ])('%s', (_when, hours, now, open, changesAt) => {
    expect(hoursAt(hours, local(now))).toEqual({ open, changesAt: local(changesAt) })
  })

  it('never change when they are all hours of all days', () => {
    expect(hoursAt({ from: at(0), until: at(0), days: everyDay }, local('2026-11-22T12:00'))).toEqual({ open: true, changesAt: null })
  })
})

describe('a pause', () => {
  it.each([
    ['hour', '2026-11-22T23:30', '2026-11-23T00:30'],
    ['tomorrow', '2026-11-22T09:41', '2026-11-23T06:00'],
    ['tomorrow', '2026-11-22T23:59', '2026-11-23T06:00'],
    ['tomorrow', '2026-11-22T01:30', '2026-11-22T06:00'],
    ['tomorrow', '2026-11-22T05:50', '2026-11-23T06:00'],
    ['tomorrow', '2026-10-24T22:00', '2026-10-25T06:00'],
    ['tomorrow', '2026-12-31T12:00', '2027-01-01T06:00'],
  ] as const)('for %s from %s ends at %s', (length, now, end) => {
    expect(endOfPause(length, local(now))).toBe(local(end))
  })

  it('until somebody resumes has no end', () => {
    expect(endOfPause('resumed', local('2026-11-22T09:41'))).toBeNull()
  })
})
