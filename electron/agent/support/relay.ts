import { createEmitter, type Signal } from './signal.ts'

/** Passes on what another signal tells, and listens to it only while somebody listens here. */
export interface Relay<T> extends Signal<T> {
  /** From now on to this one, and to none before it. */
  follow(source: Signal<T> | null): void
}

export function createRelay<T>(): Relay<T> {
  let source: Signal<T> | null = null
  let isWatched = false
  let end: (() => void) | null = null
  const own = createEmitter<T>({
    watched(watched) {
      isWatched = watched
      listen()
    },
  })

  function listen(): void {
    end?.()
    end = isWatched && source ? source.subscribe(own.emit) : null
  }

  return {
    subscribe: own.subscribe,
    follow(next) {
      source = next
      listen()
    },
  }
}
