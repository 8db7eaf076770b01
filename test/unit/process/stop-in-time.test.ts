import { expect, test } from 'vitest'
import { stopInTime, stopLimit } from '../../../electron/process/stop-in-time.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'

const part = (stop: () => Promise<void>) => ({ start: async () => undefined, stop })

test('waits for the part, and leaves no timer behind', async () => {
  const clock = createFakeClock()
  const log = createKeptLog()
  await stopInTime(
    part(async () => undefined),
    { clock, log },
  )
  expect(log.lines).toEqual([])
  expect(clock.pending).toBe(0)
})

test('goes on after the limit when the part hangs, and says so', async () => {
  const clock = createFakeClock()
  const log = createKeptLog()
  const stopping = stopInTime(
    part(() => new Promise(() => undefined)),
    { clock, log },
  )
  await clock.advance(stopLimit)
  await stopping
  expect(log.lines).toMatchObject([{ sentence: 'The node did not stop in time and is ended.' }])
})

test('a part that fails to stop is logged, not thrown', async () => {
  const log = createKeptLog()
  await stopInTime(
    part(() => Promise.reject(new Error('disk gone'))),
    { clock: createFakeClock(), log },
  )
  expect(log.lines).toMatchObject([{ sentence: 'The node did not stop in order.' }])
})
