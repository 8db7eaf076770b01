import { describe, expect, it } from 'vitest'
import { createEngineLife } from '../../../../../../electron/agent/capabilities/ai/embedded/engine-life.ts'
import type { FcnError } from '../../../../../../electron/agent/errors.ts'
import { createMemoryEngine } from '../../../../../fakes/ai/memory-engine.ts'
import { createFakeClock } from '../../../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../../../fakes/fake-random.ts'
import { createKeptLog } from '../../../../../fakes/kept-log.ts'

const memory = 1_000_000
const engineOf = { package: '/library.js', files: [{ model: 'tiny', path: '/tiny.gguf' }] }
const minute = 60_000

function livingEngine() {
  const clock = createFakeClock()
  const engine = createMemoryEngine(clock)
  const log = createKeptLog()
  const ends: (FcnError | null)[] = []
  const life = createEngineLife(
    { clock, random: createFakeRandom(), log, startProcess: engine.start },
    { threads: 2, memory, onModel: () => undefined, onEnd: (problem) => void ends.push(problem) },
  )
  const gone = new AbortController()
  /** Asks for the address and lets time pass until it is there, or not. */
  const connect = async (wait = 1_000) => {
    const address = life.connect(engineOf, gone.signal)
    const settled = address.catch((error: unknown) => error)
    await clock.advance(wait)
    return settled as Promise<{ url: string; key: string } & Error>
  }
  return { clock, engine, log, ends, life, gone, connect }
}

describe('the process of the engine', () => {
  it('is started by the first who asks, and is the same for the next', async () => {
    const { engine, connect } = livingEngine()
    expect(engine.starts).toBe(0)
    const first = await connect()
    expect(first.url).toBe('http://127.0.0.1:40001')
    expect(await connect()).toEqual(first)
    expect(engine.starts).toBe(1)
    expect(engine.told[0]).toMatchObject({
      type: 'begin',
      key: first.key,
      threads: 2,
      memory,
      package: '/library.js',
      files: engineOf.files,
    })
  })

  it('has another key each time it is started', async () => {
    const { clock, engine, connect } = livingEngine()
    const first = await connect()
    engine.crash()
    await clock.advance(minute)
    const second = await connect()
    expect(second.key).not.toBe(first.key)
    expect(first.key.length).toBeGreaterThan(40)
  })

  it('ends after ten minutes in which nobody asked', async () => {
    const { clock, engine, ends, connect } = livingEngine()
    await connect()
    await clock.advance(9 * minute)
    expect(engine.isRunning).toBe(true)
    await clock.advance(2 * minute)
    expect(engine.isRunning).toBe(false)
    expect(ends).toEqual([null])
  })

  it('stays while it works, however long that takes', async () => {
    const { clock, engine, connect } = livingEngine()
    await connect()
    engine.busy = 1
    await clock.advance(60 * minute)
    expect(engine.isRunning).toBe(true)
  })

  it('is killed when it takes more memory than it may', async () => {
    const { clock, engine, ends, connect } = livingEngine()
    await connect()
    engine.memory = memory + 1
    await clock.advance(3_000)
    expect(engine.isRunning).toBe(false)
    expect(ends[0]?.message).toContain('more memory')
  })

  it('is killed when it says nothing for a minute and more', async () => {
    const { clock, engine, ends, connect } = livingEngine()
    await connect()
    engine.hang()
    await clock.advance(2 * minute)
    expect(engine.isRunning).toBe(false)
    expect(ends[0]?.message).toContain('does not say anything')
  })

  it('is given up when it is not ready within a minute', async () => {
    const { engine, connect } = livingEngine()
    engine.readiness = 'never'
    const error = await connect(2 * minute)
    expect(error).toMatchObject({ code: 'backend_failed' })
    expect(engine.isRunning).toBe(false)
  })

  it('tells whoever waits why it cannot run', async () => {
    const { engine, connect } = livingEngine()
    engine.readiness = 'failed'
    expect(await connect()).toMatchObject({ code: 'backend_failed', message: expect.stringContaining('no binary') as string })
    expect(engine.isRunning).toBe(false)
  })

  it('is started again after a crash, each time later', async () => {
    const { clock, engine, connect, log } = livingEngine()
    const waits: number[] = []
    for (let crash = 0; crash < 5; crash++) {
      await connect(minute)
      engine.crash()
      const before = clock.monotonic()
      const starts = engine.starts
      void connect(0)
      while (engine.starts === starts) await clock.advance(100)
      waits.push(clock.monotonic() - before)
    }
    expect(waits[0]).toBeGreaterThanOrEqual(500)
    expect(waits.at(-1)).toBeGreaterThan(4 * (waits[0] as number))
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(5)
  })

  it('leaves whoever waits for it free to go', async () => {
    const { clock, engine, life, gone } = livingEngine()
    engine.readiness = 'never'
    const asked = life.connect(engineOf, gone.signal)
    gone.abort(new Error('left'))
    await expect(asked).rejects.toThrow('left')
    await life.end()
    expect(clock.pending).toBe(0)
  })

  it('is gone when its end has been awaited', async () => {
    const { clock, engine, life, ends, connect } = livingEngine()
    await connect()
    await life.end()
    await life.end()
    expect(engine.isRunning).toBe(false)
    expect(ends).toEqual([null])
    await clock.advance(3_000) // the pulse that was due
    expect(clock.pending).toBe(0)
  })
})
