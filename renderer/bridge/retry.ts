/** First and longest delay before trying again, ms. The node is on this machine: short delays cost nothing. */
const base = 250
const cap = 5_000

/** Delay before retry number `attempt` (0 is the first), ms: doubling, capped. One page has no herd to avoid. */
export const retryDelay = (attempt: number): number => Math.min(cap, base * 2 ** Math.min(attempt, 10))

/** Resolves after `delay` ms, or at once when aborted. Never rejects. */
export function pause(delay: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve()
      return
    }
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, delay)
    signal.addEventListener('abort', end, { once: true })
  })
}
