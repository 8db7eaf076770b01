/** Programs that nobody here wrote, unchanged, against the node on their own computer; the models are on others. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FakeKind } from '../../fakes/ai/fake-engine.ts'
import type { Script } from '../../fakes/ai/speaker.ts'
import { usualWords } from '../../fakes/ai/speaker.ts'
import { eventually } from '../../support/eventually.ts'
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts'
import type { NodeProcess } from '../node-process.ts'
import { type AiMesh, startAiMesh } from './ai-mesh.ts'
import { called, type ClientCalls } from './clients/client-call.ts'
import { clients } from './clients/clients.ts'
import { createResultTable } from './result-table.ts'

/** One per node: an engine with dialects of its own, and one that knows OpenAI’s only. */
const kinds = { attic: 'ollama', cellar: 'openai', shed: 'llamacpp' } as const satisfies Record<string, FakeKind>
const chats = (kind: FakeKind) => `${kind}-chat`
const goesOn = (kind: FakeKind) => `${kind}-endless`
const script: Script = { callsWith: called, pace: 2 }
const endless: Script = { words: Array.from({ length: 2_000 }, (_, index) => ` word${index}`), pace: 20 }

let engines: Record<string, EngineProcess>
let mesh: AiMesh
let mia: NodeProcess
const table = createResultTable()

beforeAll(async () => {
  const started = Object.entries(kinds).map(async ([node, kind]) => {
    const models = [{ name: chats(kind), uses: ['chat', 'tools', 'embedding'] as const }, { name: goesOn(kind) }]
    return [node, await startEngineProcess({ kind, models, script, scripts: { [goesOn(kind)]: endless } })] as const
  })
  engines = Object.fromEntries(await Promise.all(started))
  mesh = await startAiMesh({ mia: [], ...Object.fromEntries(Object.entries(engines).map(([node, { url }]) => [node, [url]])) })
  mia = mesh.nodes[0] as NodeProcess
  for (const kind of Object.values(kinds)) await mesh.knows(mia, goesOn(kind), 1)
})

afterAll(async () => {
  table.print()
  await mesh?.stop()
  for (const engine of Object.values(engines ?? {})) await engine.kill()
})

describe.each(Object.entries(kinds))('on %s, where %s runs,', (node, kind) => {
  describe.each(Object.entries(clients))('%s has', (client, calls: ClientCalls) => {
    it.each(Object.keys(calls))('%s', async (name) => {
      const asked = { url: mia.url, model: chats(kind), endless: goesOn(kind), expected: usualWords.join('') }
      await table.note({ client, call: name, engine: kind }, (calls[name] as ClientCalls[string])(asked))
      expect(table.passed({ client, call: name, engine: kind })).toBe(true)
    })
  })

  it('the engine writes nothing for anybody who has left', async () => {
    const engine = engines[node] as EngineProcess
    await eventually(`${kind} is idle`, async () => (await engine.report()).running === 0, 5_000)
    expect((await engine.report()).running).toBe(0)
  })
})
