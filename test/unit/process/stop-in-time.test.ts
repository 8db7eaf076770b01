import { expect, test } from 'vitest'
import type { Logger } from '../../../electron/agent/support/logger.ts'
import { stopInTime, stopLimit } from '../../../electron/process/stop-in-time.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

function createListLog(): { log: Logger; lines: string[] } {
  const lines: string[] = []
  const write = (_facts: object, sentence: string) => void lines.push(sentence)
  const log: Logger = { error: write, warn: write, info: write, debug: write, part: () => log, setLevel: () => undefined }
  return { log, lines }
}
const part = (stop: () => Promise<void>) => ({ start: async () => undefined, stop })

test('waits for the part, and leaves no timer behind', async () => {
  const clock = createFakeClock()
  const { log, lines } = createListLog()
  await stopInTime(
    part(async () => undefined),
    { clock, log },
  )
  expect(lines).toEqual([])
  expect(clock.pending).toBe(0)
})

test('goes on after the limit when the part hangs, and says so', async () => {
  const clock = createFakeClock()
  const { log, lines } = createListLog()
  const stopping = stopInTime(
    part(() => new Promise(() => undefined)),
    { clock, log },
  )
  await clock.advance(stopLimit)
  await stopping
  expect(lines).toEqual(['The node did not stop in time and is ended.'])
})

test('a part that fails to stop is logged, not thrown', async () => {
  const { log, lines } = createListLog()
  await stopInTime(
    part(() => Promise.reject(new Error('disk gone'))),
    { clock: createFakeClock(), log },
  )
  expect(lines).toEqual(['The node did not stop in order.'])
})
