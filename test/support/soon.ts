import { setTimeout as wait } from 'node:timers/promises'

/** Waits for a promise that an event of the other side resolves, and fails rather than hang. */
export const soon = <T>(promise: Promise<T>): Promise<T> =>
  Promise.race([
    promise,
    wait(3_000, undefined, { ref: false }).then(() => {
      throw new Error('It did not happen within 3 s.')
    }),
  ])
