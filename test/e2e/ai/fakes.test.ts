/** That the engines of these tests are what they say: the same programs, asking them without a node between. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FakeEngine, type FakeKind, startFakeEngine } from '../../fakes/ai/fake-engine.ts'
import { usualWords } from '../../fakes/ai/speaker.ts'
import { eventually } from '../../support/eventually.ts'
import { called } from './clients/client-call.ts'
import { clients } from './clients/clients.ts'

/** Which programs each kind of engine answers without a node. */
const spoken = {
  openai: ['openai', 'ai', 'langchain'],
  ollama: ['ollama', 'openai'],
  llamacpp: ['@anthropic-ai/sdk'],
} as const satisfies Partial<Record<FakeKind, readonly string[]>>

const words = Array.from({ length: 1_000 }, (_, index) => ` word${index}`)

describe.each(Object.entries(spoken))('an engine like %s', (kind, names) => {
  let engine: FakeEngine
  beforeAll(async () => {
    engine = await startFakeEngine({
      ...{ kind: kind as FakeKind, models: [{ name: 'chat', uses: ['chat', 'tools', 'embedding'] }, { name: 'endless' }] },
      ...{ script: { callsWith: called }, scripts: { endless: { words, pace: 20 } } },
    })
  })
  afterAll(() => engine.stop())

  describe.each(names)('is understood by %s:', (name) => {
    const calls = clients[name] ?? {}
    it.each(Object.keys(calls))('%s', async (call) => {
      const asked = engine.asked.length
      await calls[call]?.({ url: engine.url, model: 'chat', endless: 'endless', expected: usualWords.join('') })
      expect(engine.asked.length).toBeGreaterThanOrEqual(asked)
    })
  })

  it('stops for whoever has left', async () => {
    await eventually('it rests', () => engine.running() === 0, 2_000)
    expect(engine.abandoned()).toBeGreaterThan(0)
  })
})
