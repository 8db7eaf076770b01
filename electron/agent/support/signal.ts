/**
 * Something that others can listen to. Listeners run in order of subscription; one that throws does not stop the rest,
 * and one that has ended its subscription hears nothing more, not even what is being told just then.
 */
export interface Signal<T> {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void
}

export interface Emitter<T> extends Signal<T> {
  emit(value: T): void
}

interface EmitterOptions {
  /** Called with true when the first listener comes and with false when the last one goes: nothing need be told meanwhile. */
  watched?: (isWatched: boolean) => void
}

export function createEmitter<T = void>({ watched = () => {} }: EmitterOptions = {}): Emitter<T> {
  const listeners = new Set<(value: T) => void>()
  return {
    subscribe(listener) {
      // wrapped, so that the same function subscribed twice is two subscriptions
      const entry = (value: T) => listener(value)
      listeners.add(entry)
      if (listeners.size === 1) watched(true)
      return () => {
        if (listeners.delete(entry) && listeners.size === 0) watched(false)
      }
    },
    emit(value) {
      const failures: unknown[] = []
      for (const listener of Array.from(listeners)) {
        if (!listeners.has(listener)) continue
        try {
          listener(value)
        } catch (error) {
          failures.push(error)
        }
      }
      if (failures.length > 0)
        queueMicrotask(() => {
          throw failures[0]
        })
    },
  }
}
