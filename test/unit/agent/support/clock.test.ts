import { describe, expect, it } from 'vitest'
import { sleep, systemClock } from '../../../../electron/agent/support/clock.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

describe('sleep', () => {
  it('ends after its delay and leaves no timer', async () => {
    const clock = createFakeClock()
    let woken = false
    void sleep(clock, 100, new AbortController().signal).then(() => (woken = true))
    await clock.advance(99)
    expect(woken).toBe(false)
    await clock.advance(1)
    expect(woken).toBe(true)
    expect(clock.pending).toBe(0)
  })

  it('ends at once when aborted, with the reason, and leaves no timer', async () => {
    const clock = createFakeClock()
    const controller = new AbortController()
    const sleeping = sleep(clock, 100, controller.signal)
    controller.abort(new Error('stopping'))
    await expect(sleeping).rejects.toThrow('stopping')
    await expect(sleep(clock, 100, controller.signal)).rejects.toThrow('stopping')
    expect(clock.pending).toBe(0)
  })
})

describe('system clock', () => {
  it('runs a task once and not after it was cancelled', async () => {
    const ran: string[] = []
    const cancel = systemClock.after(0, () => ran.push('cancelled'))
    cancel()
    await new Promise<void>((resolve) => {
      systemClock.after(0, () => {
        ran.push('kept')
        resolve()
      })
      setImmediate(() => {}) // the timer alone does not keep the process alive
    })
    expect(ran).toEqual(['kept'])
  })

  it('waits for delays longer than a timer of Node can hold', async () => {
    let ran = false
    const cancel = systemClock.after(2 ** 31, () => (ran = true))
    await new Promise((resolve) => setTimeout(resolve, 10))
    cancel()
    expect(ran).toBe(false)
  })
})
