import type { Place } from '../contract/place.ts'

/** The way to the window, from before there is one: what a person asked for meanwhile is not lost. */
export interface Door {
  /** Somebody wants to see the window, at a place when one is named. */
  show(place?: Place): void
  /** From now on this opens it; at once when somebody waits. */
  leadsTo(open: (place?: Place) => void): void
}

export function createDoor(): Door {
  let open: ((place?: Place) => void) | null = null
  let waiting: { place: Place | undefined } | null = null
  return {
    show(place) {
      if (open !== null) open(place)
      // a link that started the program counts for more than the start
      else waiting = { place: place ?? waiting?.place }
    },
    leadsTo(to) {
      open = to
      if (waiting !== null) to(waiting.place)
      waiting = null
    },
  }
}
