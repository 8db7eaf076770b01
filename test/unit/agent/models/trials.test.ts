import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createTrials } from '../../../../electron/agent/models/trials.ts'
import { trialAnswer } from '../../../../electron/contract/ai.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const line = (value: object) => `${JSON.stringify(value)}\n`
const word = (content: string) => line({ model: 'm', message: { content }, done: false })
const last = line({ model: 'm', message: { content: '' }, done: true, eval_count: 10 })

/** A node whose model says what a test pushes. */
function setUp({ status = 200, headers = { 'x-fcn-node': 'B' } }: { status?: number; headers?: Record<string, string> } = {}) {
  const clock = createFakeClock()
  const asked: { path: string; body: unknown; signal: AbortSignal; stream: Readable }[] = []
  let ids = 0
  const trials = createTrials({
    clock,
    newId: () => `trial-${++ids}`,
    nameOf: (node) => (node === 'B' ? 'attic' : null),
    ask: async (path, body, signal) => {
      const stream = new Readable({ read() {} })
      asked.push({ path, body, signal, stream })
      signal.addEventListener('abort', () => stream.destroy(signal.reason as Error))
      return { status, headers, body: stream }
    },
  })
  const start = () => trials.start({ model: 'm', messages: [{ role: 'user', text: 'Hi' }] })
  return { clock, asked, trials, start }
}

describe('a trial', () => {
  it('asks for a chat, and gives its text from any place on, with where it ran and how fast', async () => {
    const { clock, asked, trials, start } = setUp()
    const { id } = start()
    await clock.advance(300)
    expect(asked[0]).toMatchObject({ path: '/api/chat', body: { model: 'm', stream: true, messages: [{ role: 'user', content: 'Hi' }] } })
    asked[0]?.stream.push(word('Hel'))
    await clock.advance(0)
    expect(await trials.read({ id, from: 0 })).toMatchObject({ text: 'Hel', end: 3, state: 'running', firstTokenMs: 300 })
    await clock.advance(2_000)
    // cut in the middle of a character and of a line
    const rest = Buffer.from(word('lo ✓') + last)
    const stream = asked[0]?.stream
    for (const byte of rest) stream?.push(Buffer.from([byte]))
    stream?.push(null)
    await clock.advance(0)
    const answer = trialAnswer.parse(await trials.read({ id, from: 3 }))
    expect(answer).toMatchObject({ text: 'lo ✓', end: 7, state: 'done', node: { id: 'B', name: 'attic' }, model: 'm' })
    expect(answer).toMatchObject({ tokensOut: 10, tokensPerSecond: 5, problem: null })
  })

  it('holds a reader back until there is more, ten seconds at most', async () => {
    const { clock, asked, trials, start } = setUp()
    const { id } = start()
    await clock.advance(0)
    let answered = 0
    const read = () => trials.read({ id, from: 0 }).then((answer) => (answered++, answer))
    const first = read()
    await clock.advance(9_999)
    expect(answered).toBe(0)
    await clock.advance(1)
    expect(await first).toMatchObject({ text: '', state: 'running' })
    const second = read()
    asked[0]?.stream.push(word('x'))
    await clock.advance(0)
    expect(await second).toMatchObject({ text: 'x' })
  })

  it('ends with the reason when nobody can serve it, and when the answer breaks', async () => {
    const refused = setUp({ status: 404, headers: { 'x-fcn-error': 'not_found' } })
    const { id } = refused.start()
    await refused.clock.advance(0)
    refused.asked[0]?.stream.push('{"error":"There is no such model."}')
    refused.asked[0]?.stream.push(null)
    await refused.clock.advance(0)
    expect(await refused.trials.read({ id, from: 0 })).toMatchObject({
      state: 'failed',
      node: null,
      problem: { code: 'not_found', message: 'There is no such model.' },
    })

    const broken = setUp()
    const other = broken.start()
    await broken.clock.advance(0)
    broken.asked[0]?.stream.push(word('Hal'))
    broken.asked[0]?.stream.push(line({ error: 'The node is gone.' }))
    broken.asked[0]?.stream.push(null)
    await broken.clock.advance(0)
    expect(await broken.trials.read({ id: other.id, from: 0 })).toMatchObject({
      state: 'failed',
      text: 'Hal',
      problem: { message: 'The node is gone.' },
    })
  })

  it('stops the engine with it', async () => {
    const { clock, asked, trials, start } = setUp()
    const { id } = start()
    await clock.advance(0)
    const waiting = trials.read({ id, from: 0 })
    expect(trials.stop(id)).toMatchObject({ state: 'stopped', problem: null })
    expect(await waiting).toMatchObject({ state: 'stopped' })
    expect(asked[0]?.signal.aborted).toBe(true)
    await clock.advance(0)
    expect((await trials.read({ id, from: 0 })).state).toBe('stopped')
  })

  it('is stopped when nobody has read it for half a minute', async () => {
    const { clock, asked, trials, start } = setUp()
    const { id } = start()
    await clock.advance(29_000)
    const waiting = trials.read({ id, from: 0 })
    await clock.advance(10_000)
    expect(await waiting).toMatchObject({ state: 'running' })
    await clock.advance(20_000)
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(await trials.read({ id, from: 0 })).toMatchObject({ state: 'stopped' })
    expect(clock.pending).toBe(0)
  })

  it('is one of four at most, and is forgotten ten minutes after its end', async () => {
    const { clock, trials, start } = setUp()
    const ids = [start(), start(), start(), start()].map(({ id }) => id)
    expect(start).toThrow(expect.objectContaining({ code: 'busy' }))
    trials.close()
    await clock.advance(600_001)
    start()
    await expect(trials.read({ id: ids[0] as string, from: 0 })).rejects.toMatchObject({ code: 'not_found' })
  })
})
