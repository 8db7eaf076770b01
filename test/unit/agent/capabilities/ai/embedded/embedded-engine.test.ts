import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createEmbeddedEngine } from '../../../../../../electron/agent/capabilities/ai/embedded/embedded-engine.ts'
import { createModelFileStore, modelFilesSchema } from '../../../../../../electron/agent/capabilities/ai/embedded/model-file-store.ts'
import { createMemoryEngine } from '../../../../../fakes/ai/memory-engine.ts'
import { createFakeClock } from '../../../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../../../fakes/fake-random.ts'
import { createKeptLog } from '../../../../../fakes/kept-log.ts'
import { tempDir } from '../../../../../fakes/temp-dir.ts'
import { tinyGguf } from '../../../../../support/tiny-gguf.ts'

function installPackage(folder: string, version = '3.22.1') {
  const place = join(folder, 'node_modules/node-llama-cpp')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name: 'node-llama-cpp', version }))
}

function emptyStore() {
  const database = new DatabaseSync(':memory:')
  database.exec(modelFilesSchema)
  return createModelFileStore(database)
}

/** A computer with a model file and, unless told otherwise, with the package. */
function computer({ installed = true, store = emptyStore() } = {}) {
  const folder = tempDir()
  if (installed) installPackage(folder)
  const path = join(folder, 'Tiny River.Q4.gguf')
  writeFileSync(path, tinyGguf())
  const clock = createFakeClock()
  const process = createMemoryEngine(clock)
  const engine = createEmbeddedEngine(
    { store, clock, random: createFakeRandom(), log: createKeptLog(), startProcess: process.start },
    { folders: [folder], threads: 1, memory: 2 ** 30 },
  )
  const connect = async () => {
    const address = engine.connect(new AbortController().signal)
    address.catch(() => undefined)
    await clock.advance(1_000)
    return address
  }
  return { folder, path, clock, process, engine, store, connect }
}

describe('the engine of this node', () => {
  it('says how it can be had when its package is not there', async () => {
    const { engine, folder, path, connect, process } = computer({ installed: false })
    await engine.start()
    await engine.add({ path })
    const { state, problem } = engine.view()
    expect(state).toBe('missing')
    expect(problem?.action).toBe(`Run: npm install --prefix "${folder}" node-llama-cpp@3.22.1`)
    expect(engine.models()).toEqual([])
    await expect(connect()).rejects.toMatchObject({ code: 'not_found' })
    expect(process.starts).toBe(0)
    await engine.stop()
  })

  it('notices by itself that its package has been installed', async () => {
    const { engine, folder, clock } = computer({ installed: false })
    await engine.start()
    installPackage(folder)
    const changed = new Promise<void>((resolve) => engine.changed.subscribe(resolve))
    await clock.advance(30_000)
    await changed
    expect(engine.view().state).toBe('ready')
    await engine.stop()
    expect(clock.pending).toBe(0)
  })

  it('does not take a version that it does not know', async () => {
    const { engine, folder } = computer({ installed: false })
    installPackage(folder, '4.0.0')
    await engine.start()
    expect(engine.view()).toMatchObject({ state: 'problem', problem: { code: 'protocol_mismatch' } })
    await engine.stop()
  })

  it('tells of the models of its files without running anything', async () => {
    const { engine, path, process } = computer()
    await engine.start()
    expect(await engine.add({ path })).toMatchObject({ model: 'Tiny-River.Q4', path, state: 'resting', problem: null })
    expect(engine.models()).toMatchObject([
      { name: 'Tiny-River.Q4', contextLength: 512, loaded: false, uses: expect.arrayContaining(['chat']) as string[] },
    ])
    expect(process.starts).toBe(0)
    await engine.stop()
  })

  it('keeps its files over a restart, and says which of them is gone', async () => {
    const first = computer()
    await first.engine.start()
    await first.engine.add({ path: first.path, name: 'river' })
    await first.engine.stop()
    renameSync(first.path, `${first.path}.old`)
    const second = computer({ store: first.store })
    await second.engine.start()
    expect(second.engine.view().files).toMatchObject([{ model: 'river', state: 'problem', problem: { code: 'not_found' } }])
    expect(second.engine.models()).toEqual([])
    await second.engine.stop()
  })

  it('refuses what is no model, what is not there, and a name that is taken', async () => {
    const { engine, path, folder } = computer()
    await engine.start()
    writeFileSync(join(folder, 'notes.txt'), 'no model')
    await expect(engine.add({ path: join(folder, 'notes.txt') })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(engine.add({ path: folder })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(engine.add({ path: 'tiny.gguf' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(engine.add({ path: join(folder, 'gone.gguf') })).rejects.toMatchObject({ code: 'not_found' })
    await engine.add({ path, name: 'river' })
    await expect(engine.add({ path, name: 'river' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(engine.remove('other')).rejects.toMatchObject({ code: 'not_found' })
    expect(engine.view().files).toHaveLength(1)
    await engine.stop()
  })

  it('shows which model runs, and that none does when its process has ended', async () => {
    const { engine, path, process, connect } = computer()
    await engine.start()
    await engine.add({ path, name: 'river' })
    const { url, key } = await connect()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u)
    expect(key).not.toBe('')
    process.say({ type: 'model', model: 'river', state: 'running' })
    expect(engine.models()).toMatchObject([{ name: 'river', loaded: true }])
    process.crash()
    expect(engine.view().files).toMatchObject([{ state: 'problem', problem: { code: 'backend_failed' } }])
    await engine.stop()
  })

  it('passes on to its process which files there are', async () => {
    const { engine, path, process, connect } = computer()
    await engine.start()
    await engine.add({ path, name: 'river' })
    await connect()
    await engine.add({ path, name: 'lake' })
    expect(process.told.at(-1)).toEqual({
      type: 'files',
      files: [
        { model: 'river', path },
        { model: 'lake', path },
      ],
    })
    await engine.remove('river')
    expect(process.told.at(-1)).toEqual({ type: 'files', files: [{ model: 'lake', path }] })
    await engine.remove('lake')
    expect(process.isRunning).toBe(false)
    await engine.stop()
  })

  it('ends its process when it is stopped, and starts none afterwards', async () => {
    const { engine, path, process, connect, clock } = computer()
    await engine.start()
    await engine.add({ path })
    await connect()
    await engine.stop()
    expect(process.isRunning).toBe(false)
    await expect(connect()).rejects.toMatchObject({ code: 'not_running' })
    await clock.advance(5_000)
    expect(clock.pending).toBe(0)
  })
})
