import type { Pace } from './paced.ts'
import type { StateStore } from './state-store.ts'

const later: Pace['later'] = (run, delay) => {
  const timer = setTimeout(run, delay)
  return () => clearTimeout(timer)
}

/** Resolves as soon as there is something to show: the first snapshot, or that this page is not let in; else after `limit` ms. */
export function firstNews(store: Pick<StateStore, 'getState' | 'subscribe'>, limit: number, wait: Pace['later'] = later): Promise<void> {
  return new Promise((resolve) => {
    const isThere = () => store.getState().snapshot !== null || store.getState().link.kind === 'refused'
    if (isThere()) {
      resolve()
      return
    }
    const end = () => {
      cancel()
      stop()
      resolve()
    }
    const cancel = wait(end, limit)
    const stop = store.subscribe(() => {
      if (isThere()) end()
    })
  })
}
