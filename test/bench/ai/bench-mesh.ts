import { type AiMesh, startAiMesh } from '../../e2e/ai/ai-mesh.ts'
import type { NodeProcess } from '../../e2e/node-process.ts'
import type { Script } from '../../fakes/ai/speaker.ts'
import { valueOf } from '../../e2e/routing/serving-mesh.ts'
import { eventually } from '../../support/eventually.ts'
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts'

/** One node that asks and others with an engine each, all of the same model. */
export interface BenchMesh extends AsyncDisposable {
  mesh: AiMesh
  asker: NodeProcess
  engines: EngineProcess[]
}

export const benchModel = 'bench'

/** `own`: the asking node has an engine itself, too. */
export async function startBenchMesh(scripts: readonly Script[], { own = false } = {}): Promise<BenchMesh> {
  const engines = await Promise.all(scripts.map((script) => startEngineProcess({ kind: 'openai', models: [{ name: benchModel }], script })))
  const names = engines.map((_, index) => (own && index === 0 ? 'mia' : `node-${index}`))
  const mesh = await startAiMesh({ mia: [], ...Object.fromEntries(engines.map(({ url }, index) => [names[index], [url]])) })
  const [asker] = mesh.nodes as [NodeProcess]
  await mesh.knows(asker, benchModel, engines.length)
  return {
    ...{ mesh, asker, engines },
    async [Symbol.asyncDispose]() {
      await mesh.stop()
      for (const engine of engines) await engine.kill()
    },
  }
}

/** Resolves when the asking node knows how quick every engine is, which before it can only try; and after a while in any case: one that was never asked has no speed. */
export const speedsKnown = ({ asker }: BenchMesh): Promise<unknown> =>
  eventually('the speed of every engine is known', async () => {
    const { models } = await valueOf(asker, 'ai.get', {})
    return models.find(({ name }) => name === benchModel)?.places.every(({ tokensPerSecond }) => tokensPerSecond !== null)
  }).catch(() => undefined)

/** So many words, one every `pace` ms, the first after `firstAfter`. */
export const steady = (words: number, pace: number, more: Script = {}): Script => ({
  ...{ words: Array.from({ length: words }, (_, index) => ` word${index}`), pace, firstAfter: pace, ...more },
})
