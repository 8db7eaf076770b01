import { describe, expect, it } from 'vitest'
import { createHealth } from '../../../electron/agent/health.ts'
import { createLifecycle } from '../../../electron/agent/lifecycle.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../fakes/fake-random.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'

const setUp = () => {
  const clock = createFakeClock()
  const health = createHealth({ clock })
  const events: string[] = []
  const part = (name: string, { failures = 0, essential = true } = {}) => {
    const failed = createEmitter<unknown>()
    let left = failures
    return {
      name,
      essential,
      failed,
      part: {
        failed,
        async start() {
          if (left-- > 0) throw new Error(`${name} does not start`)
          events.push(`+${name}`)
        },
        async stop() {
          events.push(`-${name}`)
        },
      },
    }
  }
  return { clock, health, events, part, components: { clock, health, random: createFakeRandom(), log: createKeptLog() } }
}

describe('lifecycle', () => {
  it('starts in order and stops in reverse, each once', async () => {
    const { events, part, components } = setUp()
    const lifecycle = createLifecycle([part('a'), part('b')], components)
    await Promise.all([lifecycle.start(), lifecycle.start()])
    await Promise.all([lifecycle.stop(), lifecycle.stop()])
    expect(events).toEqual(['+a', '+b', '-b', '-a'])
  })

  it('can start again after a stop', async () => {
    const { events, part, components } = setUp()
    const lifecycle = createLifecycle([part('a')], components)
    await lifecycle.start()
    await lifecycle.stop()
    await lifecycle.start()
    expect(events).toEqual(['+a', '-a', '+a'])
  })

  it('stops what had started when an essential part does not', async () => {
    const { events, part, components } = setUp()
    const lifecycle = createLifecycle([part('a'), part('b', { failures: 1 }), part('c')], components)
    await expect(lifecycle.start()).rejects.toThrow('b does not start')
    expect(events).toEqual(['+a', '-b', '-a'])
  })

  it('goes on without an inessential part and tries it again with growing delays', async () => {
    const { clock, health, events, part, components } = setUp()
    const lifecycle = createLifecycle([part('a', { failures: 2, essential: false }), part('b')], components)
    await lifecycle.start()
    expect(events).toEqual(['+b'])
    expect(health.list()).toMatchObject([{ code: 'part_a', severity: 'error' }])
    await clock.advance(1000)
    expect(events.filter((event) => event === '+a')).toEqual([])
    await clock.advance(2000)
    expect(events.filter((event) => event === '+a')).toEqual(['+a'])
    expect(health.list()).toEqual([])
  })

  it('restarts a part that fails while running', async () => {
    const { clock, events, part, components } = setUp()
    const broken = part('a')
    const lifecycle = createLifecycle([broken], components)
    await lifecycle.start()
    broken.failed.emit(new Error('gone'))
    await clock.advance(1000)
    expect(events).toEqual(['+a', '-a', '+a'])
  })

  it('restarts nothing after a stop', async () => {
    const { clock, events, part, components } = setUp()
    const broken = part('a')
    const lifecycle = createLifecycle([broken], components)
    await lifecycle.start()
    broken.failed.emit(new Error('gone'))
    await lifecycle.stop()
    await clock.advance(120_000)
    expect(events).toEqual(['+a', '-a'])
    expect(clock.pending).toBe(0)
  })
})
