import { describe, expect, it } from 'vitest'
import type { LoadedModel } from '../../../electron/engine/loaded-model.ts'
import { createModelShelf } from '../../../electron/engine/model-shelf.ts'

/** Models whose loading ends when the test says so. */
function shelfOf(...models: string[]) {
  const loads: { path: string; done: () => void; fail: (why: string) => void }[] = []
  const states: string[] = []
  const inMemory = new Set<string>()
  const shelf = createModelShelf({
    load: (path) =>
      new Promise((resolve, reject) => {
        const loaded: LoadedModel = {
          slots: 2,
          run: async () => {},
          embed: async () => ({ vectors: [], tokens: 0 }),
          dispose: async () => void inMemory.delete(path),
        }
        const done = () => {
          inMemory.add(path)
          resolve(loaded)
        }
        loads.push({ path, done, fail: (why) => reject(new Error(why)) })
      }),
    onState: (model, state) => void states.push(`${model} ${state}`),
  })
  shelf.setFiles(new Map(models.map((model) => [model, `/${model}.gguf`])))
  const gone = new AbortController()
  const take = (model: string, signal = gone.signal) => shelf.take(model, signal)
  return { shelf, loads, states, inMemory, take }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('the shelf of models', () => {
  it('loads a model once for all who ask for it', async () => {
    const { loads, take, states } = shelfOf('river')
    const both = [take('river'), take('river')]
    loads[0]?.done()
    await Promise.all(both)
    expect(loads).toHaveLength(1)
    expect(states).toEqual(['river starting', 'river running'])
  })

  it('lets no more answers be written at a time than the model has room for', async () => {
    const { loads, take, shelf } = shelfOf('river')
    const first = take('river')
    loads[0]?.done()
    const leases = [await first, await take('river')]
    let third = false
    const waiting = take('river').then((lease) => {
      third = true
      return lease
    })
    await settle()
    expect(third).toBe(false)
    expect(shelf.busy()).toBe(3)
    leases[0]?.release()
    leases[0]?.release() // twice is as good as once
    ;(await waiting).release()
    leases[1]?.release()
    expect(shelf.busy()).toBe(0)
  })

  it('has one model in memory: another takes its place when it is done', async () => {
    const { loads, take, states, inMemory } = shelfOf('river', 'lake')
    const first = take('river')
    loads[0]?.done()
    const lease = await first
    const second = take('lake')
    await settle()
    expect(loads).toHaveLength(1)
    lease.release()
    await settle()
    expect(inMemory.size).toBe(0)
    loads[1]?.done()
    await second
    expect([...inMemory]).toEqual(['/lake.gguf'])
    expect(states).toEqual(['river starting', 'river running', 'river resting', 'lake starting', 'lake running'])
  })

  it('lets nobody overtake who waits for another model', async () => {
    const { loads, take } = shelfOf('river', 'lake')
    const first = take('river')
    loads[0]?.done()
    const lease = await first
    const lake = take('lake')
    let overtaken = false
    void take('river').then(() => (overtaken = true))
    await settle()
    expect(overtaken).toBe(false)
    lease.release()
    await settle()
    loads[1]?.done()
    await lake
    expect(overtaken).toBe(false)
  })

  it('tells all who wait that a model cannot be loaded, and tries again for the next', async () => {
    const { loads, take, states } = shelfOf('river')
    const both = [take('river'), take('river')]
    loads[0]?.fail('it is damaged')
    for (const one of both)
      await expect(one).rejects.toMatchObject({ code: 'backend_failed', message: expect.stringContaining('damaged') as string })
    expect(states.at(-1)).toBe('river problem')
    const next = take('river')
    loads[1]?.done()
    await next
  })

  it('forgets whoever has left', async () => {
    const { loads, take, shelf } = shelfOf('river', 'lake')
    const gone = new AbortController()
    const first = take('river')
    const waiting = take('lake', gone.signal)
    gone.abort(new Error('left'))
    await expect(waiting).rejects.toThrow('left')
    loads[0]?.done()
    ;(await first).release()
    await settle()
    expect(shelf.busy()).toBe(0)
    expect(loads).toHaveLength(1)
  })

  it('refuses a model that it does not have, or no longer has', async () => {
    const { shelf, take } = shelfOf('river')
    await expect(take('lake')).rejects.toMatchObject({ code: 'not_found' })
    shelf.setFiles(new Map())
    await expect(take('river')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('refuses when the line is full', async () => {
    const { take } = shelfOf('river')
    const waiting = Array.from({ length: 32 }, () => take('river'))
    await expect(take('river')).rejects.toMatchObject({ code: 'busy' })
    expect(waiting).toHaveLength(32)
  })
})
