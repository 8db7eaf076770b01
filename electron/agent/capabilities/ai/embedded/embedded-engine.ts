/**
 * Owner of the engine that comes with this node: which model files it runs, whether the optional package with llama.cpp is
 * there, and the process that runs them (`engine-life.ts`). The process’s program is electron/engine.ts. Without the package
 * everything else of the node works, and the view says how to get it.
 */
import type { EmbeddedView, ModelFile } from '../../../../contract/ai.ts'
import type { StartEngineProcess } from '../../../engine-components.ts'
import { FcnError, toFcnError } from '../../../errors.ts'
import type { Clock } from '../../../support/clock.ts'
import type { Logger } from '../../../support/logger.ts'
import type { Random } from '../../../support/random.ts'
import { createEmitter } from '../../../support/signal.ts'
import type { EmbeddedEngine } from './embedded-components.ts'
import { createEngineLife } from './engine-life.ts'
import type { FromEngine } from './engine-messages.ts'
import type { ModelFileStore } from './model-file-store.ts'
import { lookAtFile, type LookedAtFile, modelOf, nameOfFile } from './model-files.ts'
import { findEnginePackage, type FoundPackage, installCommand } from './package-place.ts'

interface EmbeddedEngineComponents {
  store: ModelFileStore
  clock: Clock
  random: Random
  log: Logger
  startProcess: StartEngineProcess
}

interface EmbeddedEngineOptions {
  /** Folders in whose `node_modules` the package may be, the likeliest first; the first is where a person is told to install it. */
  folders: readonly [string, ...string[]]
  /** Most cores that it may use. */
  threads: number
  /** Most memory that it may take, bytes. */
  memory: number
}

interface KnownFile {
  path: string
  /** Null while its file cannot be read. */
  looked: LookedAtFile | null
  state: ModelFile['state']
  problem: FcnError | null
}

const maxFiles = 32
/** How often the package is looked for while it is missing, ms: whoever has just installed it need do nothing more. */
const searchInterval = 30_000

export function createEmbeddedEngine(
  { store, clock, random, log, startProcess }: EmbeddedEngineComponents,
  { folders, threads, memory }: EmbeddedEngineOptions,
): EmbeddedEngine {
  const changed = createEmitter()
  const files = new Map<string, KnownFile>()
  let found: FoundPackage | FcnError | null = null
  let running: AbortController | null = null
  let cancelSearch = () => {}

  const onModel = ({ model, state, message }: Extract<FromEngine, { type: 'model' }>) => {
    const file = files.get(model)
    if (file === undefined) return
    files.set(model, { ...file, state, problem: state === 'problem' ? cannotRun(model, message) : null })
    changed.emit()
  }
  const onEnd = (problem: FcnError | null) => {
    for (const [model, file] of files) {
      const wasAtWork = file.state === 'starting' || file.state === 'running'
      if (wasAtWork) files.set(model, { ...file, state: problem === null ? 'resting' : 'problem', problem })
    }
    changed.emit()
  }
  const life = createEngineLife({ clock, random, log, startProcess }, { threads, memory, onModel, onEnd })

  const served = () => [...files].flatMap(([model, { path, looked }]) => (looked === null ? [] : [{ model, path }]))
  const viewOf = ([model, { path, looked, state, problem }]: [string, KnownFile]): ModelFile => {
    return { model, path, size: looked?.size ?? 0, state, problem: problem?.toFailure() ?? null }
  }
  const known = (model: string): KnownFile => {
    const file = files.get(model)
    if (file !== undefined) return file
    throw new FcnError('not_found', `This node runs no model file “${model.slice(0, 128)}”.`)
  }

  const look = async (path: string): Promise<KnownFile> => {
    try {
      return { path, looked: await lookAtFile(path), state: 'resting', problem: null }
    } catch (error) {
      return { path, looked: null, state: 'problem', problem: toFcnError(error) }
    }
  }

  /** Looks for the package, and again later while there is none. */
  const search = async (): Promise<void> => {
    const before = JSON.stringify(found)
    found = await findEnginePackage(folders).catch(toFcnError)
    if (running === null) return
    if (JSON.stringify(found) !== before) changed.emit()
    const isFound = found !== null && !(found instanceof FcnError)
    if (!isFound) cancelSearch = clock.after(searchInterval, () => void search())
  }

  const state = (): Pick<EmbeddedView, 'state' | 'problem'> => {
    if (found === null) return { state: 'missing', problem: missing(folders[0]).toFailure() }
    if (found instanceof FcnError) return { state: 'problem', problem: found.toFailure() }
    return { state: 'ready', problem: null }
  }

  return {
    changed,
    view: () => ({ ...state(), files: [...files].map(viewOf) }),
    models: () =>
      state().state === 'ready'
        ? [...files].flatMap(([model, { looked, state }]) => (looked === null ? [] : [modelOf(model, looked, state === 'running')]))
        : [],

    async connect(signal) {
      if (running === null) throw new FcnError('not_running', 'The engine for model files is stopped.')
      if (found === null) throw missing(folders[0])
      if (found instanceof FcnError) throw found
      return life.connect({ package: found.entry, files: served() }, AbortSignal.any([signal, running.signal]))
    },

    async add({ path, name }) {
      const model = name ?? nameOfFile(path)
      const looked = await lookAtFile(path)
      if (files.has(model)) {
        throw new FcnError('conflict', `A model file is called “${model}” already.`, { action: 'Give this one another name.' })
      }
      if (files.size >= maxFiles) {
        throw new FcnError('too_many', `A node runs at most ${maxFiles} model files.`, { action: 'Remove one first.' })
      }
      const file: KnownFile = { path, looked, state: 'resting', problem: null }
      store.add({ model, path })
      files.set(model, file)
      life.serve(served())
      changed.emit()
      return viewOf([model, file])
    },

    async remove(model) {
      const file = known(model)
      store.remove(model)
      files.delete(model)
      if (files.size === 0) await life.end()
      else life.serve(served())
      changed.emit()
      return { ...viewOf([model, file]), state: 'resting' }
    },

    async start() {
      if (running !== null) return
      running = new AbortController()
      for (const { model, path } of store.all()) files.set(model, await look(path))
      await search()
    },

    async stop() {
      running?.abort(new FcnError('not_running', 'The engine for model files is being stopped.'))
      running = null
      cancelSearch()
      await life.end()
    },
  }
}

const cannotRun = (model: string, message = 'no reason was given') =>
  new FcnError('backend_failed', `The model “${model}” cannot be run: ${message}`.slice(0, 1_000), {
    action: 'Try another file of it, or a smaller one.',
  })

const missing = (folder: string) =>
  new FcnError('not_found', 'The engine for model files is not installed: it is an extra package, because few need it and it is large.', {
    action: `Run: ${installCommand(folder)}`,
  })
