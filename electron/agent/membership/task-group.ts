import type { Logger } from '../support/logger.ts'

/** Work in the background that ends with its owner: at most `limit` tasks, at most one per key. */
export interface TaskGroup {
  /** Takes tasks from now on; safe to call twice. */
  begin(): void
  /** Aborts at the next `end`. */
  signal(): AbortSignal
  has(key: string): boolean
  /** False when one with this key runs already, or the group is full or has ended. Failures are logged, never thrown. */
  run(key: string, task: (signal: AbortSignal) => Promise<void>): boolean
  /** Aborts one task and waits for its end. */
  cancel(key: string, reason: Error): Promise<void>
  /** Aborts all and waits for their ends. */
  end(reason: Error): Promise<void>
}

export function createTaskGroup({ log }: { log: Logger }, { limit }: { limit: number }): TaskGroup {
  let lifetime = new AbortController()
  lifetime.abort()
  const tasks = new Map<string, { controller: AbortController; done: Promise<void> }>()
  return {
    begin() {
      if (lifetime.signal.aborted) lifetime = new AbortController()
    },
    signal: () => lifetime.signal,
    has: (key) => tasks.has(key),
    run(key, task) {
      if (lifetime.signal.aborted || tasks.has(key) || tasks.size >= limit) return false
      const controller = new AbortController()
      const signal = AbortSignal.any([lifetime.signal, controller.signal])
      const done = Promise.resolve()
        .then(() => task(signal))
        .catch((error: unknown) => {
          if (!signal.aborted) log.debug({ error, task: key }, 'Work in the background failed.')
        })
        .finally(() => tasks.delete(key))
      tasks.set(key, { controller, done })
      return true
    },
    async cancel(key, reason) {
      const task = tasks.get(key)
      task?.controller.abort(reason)
      await task?.done
    },
    async end(reason) {
      lifetime.abort(reason)
      await Promise.all([...tasks.values()].map(({ done }) => done))
    },
  }
}
