/** The engine of this node as it really runs: its own process, real llama.cpp, a model file. */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import OpenAI from 'openai'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEmbeddedEngine } from '../../../electron/agent/capabilities/ai/embedded/embedded-engine.ts'
import type { EmbeddedEngine } from '../../../electron/agent/capabilities/ai/embedded/embedded-components.ts'
import { createModelFileStore, modelFilesSchema } from '../../../electron/agent/capabilities/ai/embedded/model-file-store.ts'
import { systemClock } from '../../../electron/agent/support/clock.ts'
import { systemRandom } from '../../../electron/agent/support/random.ts'
import { forkedEngine } from '../../../electron/process/engine-process.ts'
import { utilityEngine } from '../../../electron/shell/engine-process.ts'
import { utilityProcess } from '../../fakes/desktop-host/utility-process.ts'
import { createKeptLog } from '../../fakes/kept-log.ts'
import { eventually } from '../../support/eventually.ts'
import { llamaPackage, whyNoLlama } from '../../support/llama.ts'
import { writeTinyGguf } from '../../support/tiny-gguf.ts'
import { skipped } from '../lan/lab.ts'

const why = await whyNoLlama()
const root = join(import.meta.dirname, '../../..')

describe.skipIf(why !== null)(`the engine for model files${skipped(why)}`, () => {
  let folder: string
  let engine: EmbeddedEngine
  let pid = 0
  const start = forkedEngine(join(root, 'out/main/engine.js'))

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fcn-embedded-'))
    const database = new DatabaseSync(':memory:')
    database.exec(modelFilesSchema)
    engine = createEmbeddedEngine(
      {
        ...{ store: createModelFileStore(database), clock: systemClock, random: systemRandom, log: createKeptLog() },
        startProcess(options) {
          const started = start(options)
          pid = started.pid ?? 0
          return started
        },
      },
      { folders: [root], threads: 1, memory: 2 ** 30 },
    )
    await engine.start()
    for (const [seed, name] of ['river', 'lake'].entries()) {
      const path = join(folder, `${name}.gguf`)
      await writeTinyGguf(path, { name, seed, contextLength: 2_048 })
      await engine.add({ path })
    }
  })
  afterAll(async () => {
    await engine?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const client = async (more: { apiKey?: string } = {}) => {
    const { url, key } = await engine.connect(AbortSignal.timeout(60_000))
    return new OpenAI({ baseURL: `${url}/v1`, apiKey: key, maxRetries: 0, ...more })
  }
  const question = (model: string) => ({
    model,
    messages: [{ role: 'user' as const, content: 'the river' }],
    temperature: 0,
    max_tokens: 24,
  })
  const stateOf = (name: string) => engine.view().files.find(({ model }) => model === name)?.state

  it('writes an answer, and says which model it has in memory', async () => {
    const { choices, usage } = await (await client()).chat.completions.create(question('river'))
    expect(choices[0]?.message.content?.split(' ').length).toBeGreaterThan(10)
    expect(choices[0]?.finish_reason).toBe('length')
    expect(usage?.completion_tokens).toBe(24)
    expect(usage?.prompt_tokens).toBeGreaterThan(3)
    expect(stateOf('river')).toBe('running')
  })

  it('streams the same answer', async () => {
    const whole = await (await client()).chat.completions.create(question('river'))
    let text = ''
    for await (const { choices } of await (await client()).chat.completions.create({ ...question('river'), stream: true }))
      text += choices[0]?.delta.content ?? ''
    expect(text).toBe(whole.choices[0]?.message.content)
  })

  it('puts one model away for the other', async () => {
    const [river, lake] = await Promise.all(
      ['river', 'lake'].map(async (model) => (await client()).chat.completions.create(question(model))),
    )
    expect(river?.choices[0]?.message.content).not.toBe(lake?.choices[0]?.message.content)
    await eventually('one is in memory', () => ['river', 'lake'].filter((name) => stateOf(name) === 'running').length === 1)
  })

  it('makes vectors', async () => {
    const { data } = await (await client()).embeddings.create({ model: 'lake', input: ['one', 'two'], encoding_format: 'float' })
    expect(data).toHaveLength(2)
    expect(data[0]?.embedding.length).toBeGreaterThan(32)
    expect(data[0]?.embedding).not.toEqual(data[1]?.embedding)
  })

  it('keeps to the form that is asked for', async () => {
    const schema = { type: 'object', properties: { wet: { type: 'boolean' } }, required: ['wet'], additionalProperties: false }
    const { choices } = await (
      await client()
    ).chat.completions.create({
      ...{ ...question('river'), max_tokens: 200 },
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
    })
    expect(typeof (JSON.parse(choices[0]?.message.content ?? '') as { wet: unknown }).wet).toBe('boolean')
  })

  it('answers nobody without its key', async () => {
    await expect((await client({ apiKey: 'guessed' })).chat.completions.create(question('river'))).rejects.toMatchObject({ status: 401 })
    await expect((await client({ apiKey: 'guessed' })).models.list()).rejects.toMatchObject({ status: 401 })
  })

  it('lists its models, and says so when it has not the one that is asked for', async () => {
    const { data } = await (await client()).models.list()
    expect(data.map(({ id }) => id)).toEqual(['river', 'lake'])
    await expect((await client()).chat.completions.create(question('sea'))).rejects.toMatchObject({ status: 404 })
  })

  it('stops writing for a program that has left', async () => {
    const gone = new AbortController()
    const stream = await (
      await client()
    ).chat.completions.create({ ...question('river'), max_tokens: 400, stream: true }, { signal: gone.signal })
    for await (const _ of stream) gone.abort()
    // both of its places are free again: two more answers are written at once
    const both = await Promise.all([1, 2].map(async () => (await client()).chat.completions.create(question('river'))))
    expect(both).toHaveLength(2)
  })

  it('is started again after a crash', async () => {
    const before = await engine.connect(AbortSignal.timeout(60_000))
    process.kill(pid, 'SIGKILL')
    await eventually('the crash is seen', () => engine.view().files.some(({ state }) => state === 'problem'))
    const { choices } = await (await client()).chat.completions.create(question('river'))
    expect(choices[0]?.message.content).not.toBe('')
    expect((await engine.connect(AbortSignal.timeout(60_000))).key).not.toBe(before.key)
  })
})

describe('the process of the engine', () => {
  it.skipIf(why !== null)(`runs as a utility process of the desktop app as well${skipped(why)}`, async () => {
    const program = utilityEngine(utilityProcess as never, join(root, 'out/main/engine.js'))({ heap: 128 })
    const ended = new Promise((resolve) => program.onExit(resolve))
    const heard = new Promise((resolve) => program.onMessage(resolve))
    program.send({ type: 'begin', key: 'k', package: llamaPackage, threads: 1, memory: 2 ** 30, files: [] })
    expect(await heard).toMatchObject({ type: 'ready' })
    program.kill()
    await ended
  })

  it('ends with the node that started it, however that ends', async () => {
    const node = fork(join(import.meta.dirname, 'engine-parent.ts'), [join(root, 'out/main/engine.js')], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    const [pid] = (await once(node, 'message')) as [number]
    expect(isRunning(pid)).toBe(true)
    node.kill('SIGKILL')
    await eventually('it has ended', () => !isRunning(pid), 5_000)
  })

  it('is of no use by itself, and says so', async () => {
    const alone = spawn(process.execPath, [join(root, 'out/main/engine.js')], { stdio: ['ignore', 'ignore', 'pipe'] })
    const [said] = (await once(alone.stderr, 'data')) as [Buffer]
    expect(said.toString()).toContain('a part of Free Compute Node')
    await once(alone, 'exit')
    expect(alone.exitCode).toBe(64)
  })
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
