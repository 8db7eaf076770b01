/** A machine without any engine shares a model file with its mesh. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { whyNoLlama } from '../../support/llama.ts'
import { writeTinyGguf } from '../../support/tiny-gguf.ts'
import type { NodeProcess } from '../node-process.ts'
import { valueOf } from '../routing/serving-mesh.ts'
import { type AiMesh, startAiMesh } from './ai-mesh.ts'
import { streamDialects, streamed } from './streamed.ts'
import { skipped } from '../lan/lab.ts'

const why = await whyNoLlama()

describe.skipIf(why !== null)(`a node that runs a model file itself${skipped(why)}`, () => {
  let folder: string
  let mesh: AiMesh
  let [mia, attic] = [] as unknown as [NodeProcess, NodeProcess]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fcn-file-'))
    const path = join(folder, 'river.gguf')
    await writeTinyGguf(path)
    mesh = await startAiMesh({ mia: [], attic: [] })
    ;[mia, attic] = mesh.nodes as [NodeProcess, NodeProcess]
    await valueOf(attic, 'ai.file.add', { path })
    await valueOf(attic, 'capability.set', { name: 'ai', enabled: true })
    await mesh.knows(mia, 'river', 1)
  })
  afterAll(async () => {
    await mesh?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it.each(streamDialects)('answers programs of another node that speak the dialect of %s', async (dialect) => {
    const { text, error } = await streamed(dialect, { url: mia.url, model: 'river', maxTokens: 200 }).ended
    expect(error).toBeNull()
    expect(text.split(' ').length).toBeGreaterThan(10)
  })

  it('says that the model is in memory, and how quick it is', async () => {
    const [place] = (await mesh.knows(mia, 'river', 1)).places
    expect(place?.engine).toBe('embedded')
    await eventually('the others hear that it is loaded', async () => {
      const [now] = (await mesh.knows(mia, 'river', 1)).places
      return now?.loaded === true && (now.tokensPerSecond ?? 0) > 0
    })
  })

  it('forgets the file when it is told to, and leaves it where it is', async () => {
    await valueOf(attic, 'ai.file.remove', { model: 'river' })
    expect((await valueOf(attic, 'ai.get', {})).models).toEqual([])
    // a node without any engine is not asked: what it had before is forgotten, or shown with the reason
    await mesh.lacks(mia, 'river')
    expect(existsSync(join(folder, 'river.gguf'))).toBe(true)
  })
})
