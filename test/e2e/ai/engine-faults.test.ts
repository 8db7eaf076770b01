/** Engines that fail in the ways in which they do: what programs hear, and who is asked instead. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeEngine, startFakeEngine } from '../../fakes/ai/fake-engine.ts'
import { type Script, usualWords } from '../../fakes/ai/speaker.ts'
import { eventually } from '../../support/eventually.ts'
import type { NodeProcess } from '../node-process.ts'
import { valueOf } from '../routing/serving-mesh.ts'
import { type AiMesh, startAiMesh } from './ai-mesh.ts'
import { type StreamDialect, streamDialects, streamed } from './streamed.ts'

const whole = usualWords.join('')
type Fault = NonNullable<Script['fault']>['as']

describe('an engine that fails', () => {
  let mesh: AiMesh
  let mia: NodeProcess
  let faulty: FakeEngine
  let sound: FakeEngine

  beforeAll(async () => {
    faulty = await startFakeEngine({ kind: 'ollama', models: [{ name: 'both' }, { name: 'alone' }] })
    sound = await startFakeEngine({ kind: 'openai', models: [{ name: 'both' }] })
    mesh = await startAiMesh({ mia: [], attic: [faulty.url], cellar: [sound.url] })
    mia = mesh.nodes[0] as NodeProcess
    await mesh.knows(mia, 'both', 2)
    await mesh.knows(mia, 'alone', 1)
  })
  afterAll(async () => {
    await mesh?.stop()
    await faulty?.stop()
    await sound?.stop()
  })
  beforeEach(() => {
    faulty.setScript({ pace: 5 })
    sound.setScript({ pace: 5 })
  })

  const ask = (dialect: StreamDialect, model: string) => streamed(dialect, { url: mia.url, model }).ended

  describe.each(streamDialects)('tells programs that speak the dialect of %s', (dialect) => {
    it.each<Fault>(['error', 'memory', 'busy', 'cut'])(
      'nothing of “%s” before its first word, because another engine answers',
      async (as) => {
        faulty.setScript({ fault: { after: 0, as } })
        for (let time = 0; time < 3; time++) expect(await ask(dialect, 'both')).toMatchObject({ text: whole, error: null })
      },
    )

    it.each<Fault>(['error', 'memory', 'busy', 'cut'])('of “%s” before its first word, when nobody else has the model', async (as) => {
      faulty.setScript({ fault: { after: 0, as } })
      const { text, error } = await ask(dialect, 'alone')
      expect(text).toBe('')
      expect(error?.message).toMatch(as === 'memory' ? /memory/iu : /./u)
      const { status, status_code: code } = error as Error & { status?: number; status_code?: number }
      expect(status ?? code).toBeGreaterThanOrEqual(500)
    })

    it.each<Fault>(['error', 'memory', 'cut'])('of “%s” in the middle of its answer', async (as) => {
      faulty.setScript({ pace: 5, fault: { after: 4, as } })
      const { text, error } = await ask(dialect, 'alone')
      // what was on its way when the connection broke may be lost
      expect(usualWords.slice(0, 4).join('').startsWith(text) && text !== '').toBe(true)
      expect(error).not.toBeNull()
    })
  })

  it('is left free of work that nobody waits for, when it hangs', async () => {
    faulty.setScript({ fault: { after: 3, as: 'hang' } })
    const answer = streamed('openai', { url: mia.url, model: 'alone' })
    await answer.begun
    answer.abort()
    expect((await answer.ended).text).not.toBe('')
    await eventually('it rests', () => faulty.running() === 0, 2_000)
  })

  it('leaves nothing under way at any node', async () => {
    for (const node of mesh.nodes)
      await eventually(`${node.name} has nothing under way`, async () => {
        const { models } = await valueOf(node, 'ai.get', {})
        return models.every(({ places }) => places.every(({ busy }) => busy === 0))
      })
    expect(faulty.running() + sound.running()).toBe(0)
  })
})
