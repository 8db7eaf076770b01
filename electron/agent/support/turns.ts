/**
 * Makes a queue: each task given to it begins when the one before has ended, however that ended. The promise is the
 * task's own, with its error. It is as long as what its callers wait for.
 */
export function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (task) => {
    const turn = last.then(task)
    last = turn.catch(() => undefined) // its caller gets the error; the next turn runs regardless
    return turn
  }
}
