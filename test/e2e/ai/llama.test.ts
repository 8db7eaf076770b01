/** Real llama.cpp on three nodes: what programs get through the mesh is what the engine writes. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts'
import { whyNoLlama } from '../../support/llama.ts'
import { writeTinyGguf } from '../../support/tiny-gguf.ts'
import type { NodeProcess } from '../node-process.ts'
import { type AiMesh, startAiMesh } from './ai-mesh.ts'
import { type StreamDialect, streamDialects, streamed } from './streamed.ts'
import { skipped } from '../lan/lab.ts'

const why = await whyNoLlama()

/** The kind of engine on each node; the model of each has a name and weights of its own. */
const kinds = { attic: 'ollama', cellar: 'llamacpp', shed: 'openai' } as const
const question = 'the river and the old house'

describe.skipIf(why !== null)(`real llama.cpp${skipped(why)}`, () => {
  let folder: string
  let mesh: AiMesh
  let mia: NodeProcess
  const engines = new Map<string, EngineProcess>()

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fcn-gguf-'))
    for (const [index, [node, kind]] of Object.entries(kinds).entries()) {
      const gguf = join(folder, `${node}.gguf`)
      await writeTinyGguf(gguf, { name: node, seed: index + 1 })
      engines.set(node, await startEngineProcess({ kind, gguf, models: [{ name: `tiny-${node}`, uses: ['chat', 'embedding'] }] }))
    }
    mesh = await startAiMesh({ mia: [], ...Object.fromEntries([...engines].map(([node, { url }]) => [node, [url]])) })
    mia = mesh.nodes[0] as NodeProcess
    for (const node of engines.keys()) await mesh.knows(mia, `tiny-${node}`, 1)
  })
  afterAll(async () => {
    await mesh?.stop()
    for (const engine of engines.values()) await engine.kill()
    await rm(folder, { recursive: true, force: true })
  })

  const chat = async (url: string, model: string) => {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 })
    const { choices } = await client.chat.completions.create({ model, messages: [{ role: 'user', content: question }], max_tokens: 24 })
    return choices[0]?.message.content ?? ''
  }

  it.each(Object.keys(kinds))('on %s writes the same for a program elsewhere as for one beside it', async (node) => {
    const beside = await chat((engines.get(node) as EngineProcess).url, `tiny-${node}`)
    expect(beside.split(' ').length).toBeGreaterThan(10)
    expect(await chat(mia.url, `tiny-${node}`)).toBe(beside)
  })

  it('has models that differ, so that each answer shows where it came from', async () => {
    const texts = await Promise.all(Object.keys(kinds).map((node) => chat(mia.url, `tiny-${node}`)))
    expect(new Set(texts).size).toBe(3)
  })

  describe.each(streamDialects)('streams for programs that speak the dialect of %s', (dialect: StreamDialect) => {
    it.each(Object.keys(kinds))('from %s', async (node) => {
      const { text, error } = await streamed(dialect, { url: mia.url, model: `tiny-${node}` }).ended
      expect(error).toBeNull()
      expect(text.split(' ').length).toBeGreaterThan(10)
    })
  })

  it('makes the same vectors through the mesh as beside it', async () => {
    const embed = async (host: string) => (await new Ollama({ host }).embed({ model: 'tiny-attic', input: question })).embeddings[0] ?? []
    const [direct, routed] = [await embed((engines.get('attic') as EngineProcess).url), await embed(mia.url)]
    expect(routed.length).toBeGreaterThan(32)
    expect(routed).toEqual(direct)
  })

  it('stops writing when the program leaves', async () => {
    const engine = engines.get('cellar') as EngineProcess
    const answer = streamed('openai', { url: mia.url, model: 'tiny-cellar' })
    await answer.begun
    answer.abort()
    await eventually('llama.cpp rests', async () => (await engine.report()).running === 0, 2_000)
    expect((await engine.report()).abandoned).toBe(1)
  })
})
