/**
 * Which model is in memory: one at a time, because a household’s computer has room for one. Requests wait in line; those
 * for the model that is there run side by side, one for another waits until they are done, and nobody overtakes it.
 */
import { FcnError } from '../agent/errors.ts'
import type { LoadedModel, LoadModel } from './loaded-model.ts'

interface ModelShelfComponents {
  load: LoadModel
  /** Hears what becomes of a model. */
  onState: (model: string, state: 'resting' | 'starting' | 'running' | 'problem', message?: string) => void
}

/** The use of a model, until `release`. */
interface Lease {
  model: LoadedModel
  release(): void
}

export interface ModelShelf {
  /** Path of the file of each model; those that are gone are not used again. */
  setFiles(files: ReadonlyMap<string, string>): void
  models(): string[]
  /** Requests under way and in line. */
  busy(): number
  /**
   * Waits for its turn, and until the model is in memory. Throws `not_found`, `busy` when the line is full,
   * `backend_failed` when the model cannot be loaded, the signal’s reason.
   */
  take(model: string, signal: AbortSignal): Promise<Lease>
}

/** Requests that wait; more are refused, so that they are asked elsewhere. */
const maxLine = 32

interface Waiting {
  model: string
  resolve: (lease: Lease) => void
  reject: (error: unknown) => void
}

type OnShelf = { name: string; path: string; active: number } & ({ state: 'moving' } | { state: 'there'; loaded: LoadedModel })

export function createModelShelf({ load, onState }: ModelShelfComponents): ModelShelf {
  let files: ReadonlyMap<string, string> = new Map()
  let shelf: OnShelf | null = null
  const line: Waiting[] = []

  const leave = (waiting: Waiting) => {
    const place = line.indexOf(waiting)
    if (place >= 0) line.splice(place, 1)
  }

  const giveLease = (waiting: Waiting, there: OnShelf & { state: 'there' }) => {
    there.active += 1
    let released = false
    const release = () => {
      if (released) return
      released = true
      there.active -= 1
      serveLine()
    }
    waiting.resolve({ model: there.loaded, release })
  }

  const bring = async (name: string, path: string): Promise<void> => {
    const moving: OnShelf = { name, path, active: 0, state: 'moving' }
    shelf = moving
    onState(name, 'starting')
    try {
      const loaded = await load(path)
      shelf = { ...moving, state: 'there', loaded }
      onState(name, 'running')
    } catch (error) {
      shelf = null
      const message = error instanceof Error ? error.message.slice(0, 500) : 'it could not be loaded'
      onState(name, 'problem', message)
      const failure = new FcnError('backend_failed', `The model “${name}” could not be loaded: ${message}`, { cause: error })
      for (const waiting of line.filter(({ model }) => model === name)) {
        leave(waiting)
        waiting.reject(failure)
      }
    }
  }

  const putAway = async (there: OnShelf & { state: 'there' }): Promise<void> => {
    shelf = { name: there.name, path: there.path, active: 0, state: 'moving' }
    await there.loaded.dispose()
    shelf = null
    if (files.has(there.name)) onState(there.name, 'resting')
  }

  /** Does what the head of the line needs, if it can be done now; called whenever something has changed. */
  const serveLine = (): void => {
    const [next] = line
    if (next === undefined || shelf?.state === 'moving') return
    const path = files.get(next.model)
    if (path === undefined) {
      leave(next)
      next.reject(unknownModel(next.model))
      return serveLine()
    }
    if (shelf === null) return void bring(next.model, path).then(serveLine)
    if (shelf.name !== next.model || shelf.path !== path) {
      if (shelf.active === 0) void putAway(shelf).then(serveLine, serveLine)
      return
    }
    if (shelf.active >= shelf.loaded.slots) return
    leave(next)
    giveLease(next, shelf)
    serveLine()
  }

  return {
    setFiles(next) {
      files = next
      serveLine()
    },
    models: () => [...files.keys()],
    busy: () => line.length + (shelf?.active ?? 0),
    take(model, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error)
        if (!files.has(model)) return reject(unknownModel(model))
        if (line.length >= maxLine) {
          return reject(
            new FcnError('busy', 'Too many requests wait for the models of this node.', {
              action: 'Try again in a while.',
              details: { retryAfter: 5 },
            }),
          )
        }
        const onAbort = () => {
          leave(waiting)
          reject(signal.reason as Error)
          serveLine()
        }
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            signal.removeEventListener('abort', onAbort)
            settle(value)
          }
        const waiting: Waiting = { model, resolve: settled(resolve), reject: settled(reject) }
        signal.addEventListener('abort', onAbort, { once: true })
        line.push(waiting)
        serveLine()
      })
    },
  }
}

const unknownModel = (model: string) => new FcnError('not_found', `This node runs no model “${model.slice(0, 128)}”.`)
