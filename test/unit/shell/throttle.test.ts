import { expect, test } from 'vitest'
import { throttle } from '../../../electron/shell/throttle.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'

test('runs soon, at most once per interval, and never forgets the last asking', async () => {
  const clock = createFakeClock()
  const ran: number[] = []
  const { ask, end } = throttle(clock, 500, () => ran.push(clock.monotonic()))
  for (let time = 0; time < 1_200; time += 100) {
    ask()
    await clock.advance(100)
  }
  await clock.advance(2_000)
  expect(ran).toEqual([0, 500, 1_000, 1_500])
  ask()
  end()
  await clock.advance(1_000)
  expect(ran).toHaveLength(4)
})
