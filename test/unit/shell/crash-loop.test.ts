import { expect, test } from 'vitest'
import { createCrashLoop } from '../../../electron/shell/crash-loop.ts'

test('the fourth crash within a minute is a loop', () => {
  const isLoop = createCrashLoop()
  expect([0, 10_000, 20_000, 30_000].map(isLoop)).toEqual([false, false, false, true])
})

test('crashes that are far apart are none', () => {
  const isLoop = createCrashLoop()
  expect([0, 30_000, 60_000, 90_000, 120_000, 150_000].map(isLoop)).toEqual([false, false, false, false, false, false])
})
