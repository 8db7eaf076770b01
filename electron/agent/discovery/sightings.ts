/**
 * Who is seen on the local network: sightings of one node by all links, merged by its id. Bounded whatever is sent, and
 * forgotten when questions stay without answer (RFC 6762 section 10.5): a killed node says no goodbye. Pure.
 */
import type { NodeId } from '../components.ts'
import type { Sighting } from './sighting.ts'

/** Nodes kept. */
const maxNodes = 256
/** Nodes that one sender may tell of: a machine runs few, a flood comes from few. */
const maxPerSource = 8
/** Places (link and sender) of one node: its cards, times two families. */
const maxPlaces = 8
/** A place that left so many questions in a row without answer is gone: with one packet in five lost, 3 live ones in 10,000 by error. */
const maxUnanswered = 8

export interface SeenAt {
  link: string
  interface: string
  source: string
  addresses: string[]
  port: number
  since: number
}

export interface SeenNode extends Pick<Sighting, 'id' | 'name' | 'protocols' | 'meshes' | 'isNew' | 'instance'> {
  /** Where it is seen now, the longest known first. */
  places: SeenAt[]
}

interface Place extends SeenAt {
  unanswered: number
}

interface Entry extends Omit<SeenNode, 'places'> {
  places: Place[]
}

export interface Sightings {
  /** `news` when what is shown changes, `moved` when a known node speaks from a place that is new. */
  heard(sighting: Sighting, from: { link: string; interface: string; at: number }): { news: boolean; moved: boolean }
  /** A node took its service back there; its other cards may be in the same network. True when it was seen there. */
  gone(instance: string, from: { link: string; source: string }): boolean
  /** A question goes out on that link; first drops what left too many without answer. True when something was dropped. */
  asking(link: string): boolean
  /** Whether a place has left the last question without answer so far. */
  isWaiting(): boolean
  /** The link is gone, and whatever was seen there with it. True when something was. */
  closed(link: string): boolean
  list(): SeenNode[]
}

export function createSightings(): Sightings {
  const nodes = new Map<NodeId, Entry>()

  /** Keeps the places that `stays` says; a node without places is gone. */
  const keep = (stays: (place: Place, entry: Entry) => boolean): boolean => {
    let changed = false
    for (const [id, entry] of nodes) {
      const places = entry.places.filter((place) => stays(place, entry))
      if (places.length === entry.places.length) continue
      changed = true
      if (places.length === 0) nodes.delete(id)
      else nodes.set(id, { ...entry, places })
    }
    return changed
  }

  const hasRoom = (source: string) =>
    nodes.size < maxNodes &&
    [...nodes.values()].filter(({ places }) => places.some((place) => place.source === source)).length < maxPerSource

  return {
    heard({ addresses, port, source, ...said }, { link, interface: name, at }) {
      const before = nodes.get(said.id)
      if (!before && !hasRoom(source)) return { news: false, moved: false }
      const places = before?.places ?? []
      const known = places.find((place) => place.link === link && place.source === source)
      if (!known && places.length >= maxPlaces) return { news: false, moved: false }
      const place: Place = { link, interface: name, source, addresses, port, since: known?.since ?? at, unanswered: 0 }
      const after: Entry = { ...said, places: known ? places.map((each) => (each === known ? place : each)) : [...places, place] }
      nodes.set(said.id, after)
      const moved = before !== undefined && known === undefined
      return { news: !before || moved || shown(before) !== shown(after), moved }
    },
    gone: (instance, { link, source }) =>
      keep((place, entry) => place.link !== link || place.source !== source || entry.instance !== instance),
    asking(link) {
      const dropped = keep((place) => place.link !== link || place.unanswered < maxUnanswered)
      for (const { places } of nodes.values()) {
        for (const place of places) if (place.link === link) place.unanswered += 1
      }
      return dropped
    },
    isWaiting: () => [...nodes.values()].some(({ places }) => places.some(({ unanswered }) => unanswered > 0)),
    closed: (link) => keep((place) => place.link !== link),
    list: () => [...nodes.values()].map(({ places, ...said }) => ({ ...said, places: places.map(seenAt) })),
  }
}

const shown = ({ places, ...said }: Entry) => JSON.stringify([said, places.map(({ addresses, port }) => [addresses, port])])

const seenAt = ({ link, interface: name, source, addresses, port, since }: Place): SeenAt => ({
  ...{ link, interface: name, source, addresses, port, since },
})
