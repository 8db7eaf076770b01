/** What a program hears when an engine or a node dies while it answers: the rest from elsewhere, or the truth, soon. */
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest'
import { usualWords } from '../../fakes/ai/speaker.ts'
import { eventually } from '../../support/eventually.ts'
import { type EngineProcess, startEngineProcess } from '../../support/engine-process.ts'
import type { NodeProcess } from '../node-process.ts'
import { type AiMesh, startAiMesh } from './ai-mesh.ts'
import { streamed, type StreamDialect, streamDialects } from './streamed.ts'

/** From the fault to the end of the answer, ms. */
const limit = 2_000

/** A machine that is there and says nothing is not known from one that thinks until the mesh has probed it, ms. */
const silenceLimit = 10_000

/** Thinks for a while, then says a word every 60 ms. */
const thinks = { firstAfter: 800, pace: 60 }

describe.each(streamDialects)('a program that speaks the dialect of %s', (dialect: StreamDialect) => {
  let mesh: AiMesh
  let mia: NodeProcess
  const engines = new Map<string, EngineProcess>()

  const startEngine = async (node: string, order: Parameters<typeof startEngineProcess>[0]) => {
    const engine = await startEngineProcess({ kind: 'openai', ...order })
    engines.set(node, engine)
    return engine
  }

  beforeAll(async () => {
    const models = (...names: string[]) => names.map((name) => ({ name }))
    await startEngine('attic', { models: models('only-here', 'both'), script: thinks })
    await startEngine('cellar', { models: models('both'), script: thinks })
    const urlOf = (node: string) => [engines.get(node)?.url ?? '']
    mesh = await startAiMesh({ mia: [], attic: urlOf('attic'), cellar: urlOf('cellar') })
    mia = mesh.nodes[0] as NodeProcess
    await mesh.knows(mia, 'both', 2)
    await mesh.knows(mia, 'only-here', 1)
  })
  afterAll(async () => {
    await mesh?.stop()
    for (const engine of engines.values()) await engine.kill()
  })

  /** Everything is there again. */
  afterEach(async () => {
    for (const [node, engine] of engines) {
      if (await isAlive(engine)) continue
      await startEngine(node, {
        models: (node === 'attic' ? ['only-here', 'both'] : ['both']).map((name) => ({ name })),
        script: thinks,
        port: engine.port,
      })
    }
    for (const [index, node] of mesh.nodes.entries()) if (!(await answers(node))) await mesh.restart(index)
    await mesh.knows(mia, 'both', 2)
    await mesh.knows(mia, 'only-here', 1)
  })

  const ask = (model: string) => streamed(dialect, { url: mia.url, model })
  const working = () =>
    eventually('somebody works on it', async () => {
      for (const [node, engine] of engines) if (await isBusy(engine)) return node
      return null
    })
  const kill = {
    engine: async (node: string) => engines.get(node)?.kill(),
    node: async (node: string) => mesh.nodes.find(({ name }) => name === node)?.kill(),
  }

  describe.each(['engine', 'node'] as const)('whose %s dies', (what) => {
    it('before the first word, has its answer from elsewhere', async () => {
      const answer = ask('both')
      await kill[what](await working())
      const { text, error } = await answer.ended
      expect(error).toBeNull()
      expect(text).toBe(usualWords.join(''))
    })

    it('before the first word, with nobody else to ask, hears so in its own dialect', async () => {
      const answer = ask('only-here')
      const node = await working()
      const killedAt = performance.now()
      await kill[what](node)
      const { text, error, endedAt } = await answer.ended
      expect(text).toBe('')
      expect(statusOf(error)).toBeGreaterThanOrEqual(500)
      expect(endedAt - killedAt).toBeLessThan(limit)
    })

    it('in the middle of its answer, hears so in its own dialect', async () => {
      const answer = ask('both')
      await answer.begun
      const node = await working()
      const killedAt = performance.now()
      await kill[what](node)
      const { text, error, endedAt } = await answer.ended
      expect(usualWords.join('').startsWith(text) && text !== usualWords.join('')).toBe(true)
      expect(error).not.toBeNull()
      expect(error?.message).toMatch(/engine|node|answer|stopped|broke|lost/iu)
      expect(endedAt - killedAt).toBeLessThan(limit)
    })
  })

  it('whose node falls silent, as when its cable is pulled, hears so', async () => {
    const answer = ask('only-here')
    await answer.begun
    const attic = mesh.nodes.find(({ name }) => name === 'attic') as NodeProcess
    const silentAt = performance.now()
    process.kill(attic.pid, 'SIGSTOP')
    try {
      const { error, endedAt } = await answer.ended
      expect(error).not.toBeNull()
      process.stdout.write(`${dialect}: a silent node is noticed after ${(endedAt - silentAt).toFixed(0)} ms\n`)
      expect(endedAt - silentAt).toBeLessThan(silenceLimit)
    } finally {
      process.kill(attic.pid, 'SIGCONT')
    }
  })

  it('that leaves ends the work of the engine within a second', async () => {
    const answer = ask('only-here')
    await answer.begun
    const engine = engines.get('attic') as EngineProcess
    expect((await engine.report()).running).toBe(1)
    answer.abort()
    await eventually('the engine has stopped', async () => (await engine.report()).running === 0, 1_000)
    expect((await engine.report()).abandoned).toBeGreaterThan(0)
  })
})

const isBusy = async (engine: EngineProcess) => (await isAlive(engine)) && (await engine.report()).running > 0
const isAlive = (engine: EngineProcess) =>
  fetch(`${engine.url}/v1/models`).then(
    ({ ok }) => ok,
    () => false,
  )
const answers = (node: NodeProcess) =>
  fetch(`${node.url}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  )

/** As the three libraries keep it. */
const statusOf = (error: Error | null): number => {
  const { status, status_code: code } = (error ?? {}) as { status?: number; status_code?: number }
  return status ?? code ?? 0
}
