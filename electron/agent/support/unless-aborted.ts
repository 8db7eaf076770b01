/**
 * What `answer` gives, or the signal's reason as soon as that is aborted: for work that does not heed a signal by itself.
 * `discard` closes what comes after that; a late failure says nothing new.
 */
export function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal, discard?: (late: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason as Error)
      answer.then(discard, () => undefined)
    }
    if (signal.aborted) {
      onAbort()
      return
    }
    signal.addEventListener('abort', onAbort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
