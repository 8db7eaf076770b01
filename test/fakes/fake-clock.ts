import type { Clock } from '../../electron/agent/support/clock.ts'

/** Virtual time. Nothing happens until `advance` is called; then timers run in order of their due time. */
export interface FakeClock extends Clock {
  /** Lets `ms` pass. Promises settle (I/O callbacks included) before each due timer and before the answer. */
  advance(ms: number): Promise<void>
  /** Sets the wall clock only, as a user or NTP does; timers and `monotonic` do not notice. */
  setWallClock(now: number): void
  /** Timers that have not run yet. */
  readonly pending: number
}

interface Timer {
  due: number
  order: number
  task: (() => void) | null
}

/** More timers than this at one instant is a loop that never lets time pass. */
const maxAtOneInstant = 100_000

/** A clock that starts at `now` (ms since 1970) with `monotonic()` 0. */
export function createFakeClock(now = Date.UTC(2026, 0, 1)): FakeClock {
  const queue: Timer[] = []
  let elapsed = 0
  let wallOffset = now
  let order = 0
  let pending = 0

  const runDue = async (until: number) => {
    let atThisInstant = 0
    for (let next = queue[0]; next && next.due <= until; next = queue[0]) {
      removeFirst(queue)
      const { task } = next
      if (!task) continue
      atThisInstant = next.due > elapsed ? 0 : atThisInstant + 1
      if (atThisInstant > maxAtOneInstant) throw new Error(`More than ${maxAtOneInstant} timers ran at one instant: time never passes.`)
      elapsed = Math.max(elapsed, next.due)
      next.task = null
      pending -= 1
      task()
      await settle()
    }
  }

  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    after(delay, task) {
      const timer: Timer = { due: elapsed + Math.max(0, delay), order: order++, task }
      insert(queue, timer)
      pending += 1
      return () => {
        if (!timer.task) return
        timer.task = null
        pending -= 1
      }
    },
    async advance(ms) {
      const until = elapsed + ms
      await settle()
      await runDue(until)
      elapsed = until
    },
    setWallClock: (next) => void (wallOffset = next - elapsed),
    get pending() {
      return pending
    },
  }
}

/** Microtasks, and what they queue in turn, have run once the check phase of the event loop is reached. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

const isBefore = (a: Timer, b: Timer) => a.due < b.due || (a.due === b.due && a.order < b.order)

/** Binary heap, so that simulations of thousands of nodes stay fast. */
function insert(heap: Timer[], timer: Timer): void {
  let place = heap.push(timer) - 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (!isBefore(timer, heap[parent] as Timer)) break
    heap[place] = heap[parent] as Timer
    place = parent
  }
  heap[place] = timer
}

function removeFirst(heap: Timer[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let place = 0
  for (;;) {
    const left = 2 * place + 1
    const right = left + 1
    if (left >= heap.length) break
    const child = right < heap.length && isBefore(heap[right] as Timer, heap[left] as Timer) ? right : left
    if (!isBefore(heap[child] as Timer, last)) break
    heap[place] = heap[child] as Timer
    place = child
  }
  heap[place] = last
}
