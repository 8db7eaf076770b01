/** Virtual time: events in order of their due time, and of their making when due together. Times are ms. */
export interface EventQueue {
  readonly time: number
  /** Runs `task` at `due`; the returned function cancels it. */
  at(due: number, task: () => void): () => void
  /** Runs the next event due until then; false when there is none. */
  step(until: number): boolean
  /** Lets the time pass to `until` without an event. */
  pass(until: number): void
}

interface Event {
  readonly due: number
  readonly order: number
  task: (() => void) | null
}

export function createEventQueue(): EventQueue {
  const heap: Event[] = []
  let time = 0
  let order = 0
  return {
    get time() {
      return time
    },
    at(due, task) {
      const event: Event = { due: Math.max(due, time), order: order++, task }
      insert(heap, event)
      return () => void (event.task = null)
    },
    step(until) {
      for (let next = heap[0]; next && next.due <= until; next = heap[0]) {
        removeFirst(heap)
        if (!next.task) continue
        time = next.due
        next.task()
        return true
      }
      return false
    },
    pass: (until) => void (time = Math.max(time, until)),
  }
}

const isBefore = (a: Event, b: Event) => a.due < b.due || (a.due === b.due && a.order < b.order)

function insert(heap: Event[], event: Event): void {
  let place = heap.push(event) - 1
  while (place > 0) {
    const parent = (place - 1) >> 1
    if (!isBefore(event, heap[parent] as Event)) break
    heap[place] = heap[parent] as Event
    place = parent
  }
  heap[place] = event
}

function removeFirst(heap: Event[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let place = 0
  for (;;) {
    const left = 2 * place + 1
    if (left >= heap.length) break
    const right = left + 1
    const child = right < heap.length && isBefore(heap[right] as Event, heap[left] as Event) ? right : left
    if (!isBefore(heap[child] as Event, last)) break
    heap[place] = heap[child] as Event
    place = child
  }
  heap[place] = last
}
