import type { TrafficSeries, TrafficView } from '../../contract/traffic.ts'
import type { Clock } from '../support/clock.ts'

/** Length of a point, ms. */
const step = 15_000
/** Points that are over, and the one that is not: a quarter of an hour. */
const points = 61
/** The growing point is averaged over at least this, ms: the first request of it would be a needle otherwise. */
const leastLasted = 5_000
/** Meshes that are told apart; what others carry counts in the total only. */
const maxMeshes = 64
/** So much further than the monotonic clock the wall clock may run between two looks, ms; more means that the machine slept. */
const maxDrift = 8_000
/** Of no mesh: the sum of all. */
const total = ''

/** Bytes by point; a ring. */
interface Ring {
  received: Float64Array
  sent: Float64Array
}

/**
 * Bytes that requests carried, by time and mesh. It has no timer: what is counted is put to its time by the next turn of
 * the log, and points in which nothing moved follow from the time when somebody reads.
 */
export interface TrafficHistory {
  /** On the way of each request: one look-up and two additions. `mesh` null: it belongs to none. */
  count(mesh: string | null, received: number, sent: number): void
  /** What was counted since the last turn happened now. */
  turn(): void
  read(): TrafficView
}

export function createTrafficHistory({ clock }: { clock: Clock }): TrafficHistory {
  const elapsed = createElapsed(clock)
  const rings = new Map<string, Ring>([[total, emptyRing()]])
  const counted = new Map<string, { received: number; sent: number }>()
  /** The point that grows; points are numbered from the start of this history. */
  let newest = 0

  const ringOf = (mesh: string): Ring | undefined => {
    const known = rings.get(mesh)
    if (known !== undefined || rings.size > maxMeshes) return known
    const made = emptyRing()
    rings.set(mesh, made)
    return made
  }

  const add = (ring: Ring | undefined, received: number, sent: number) => {
    if (ring === undefined) return
    const place = newest % points
    ring.received[place] = (ring.received[place] ?? 0) + received
    ring.sent[place] = (ring.sent[place] ?? 0) + sent
  }

  /** Moves on to now; what has become too old is gone, and with it meshes in which nothing moved since. */
  const moveOn = (): number => {
    const now = elapsed()
    const current = Math.floor(now / step)
    const steps = Math.min(points, current - newest)
    for (let one = 1; one <= steps; one++) for (const ring of rings.values()) clear(ring, (newest + one) % points)
    if (steps > 0) for (const [mesh, ring] of rings) if (mesh !== total && isEmpty(ring)) rings.delete(mesh)
    newest = Math.max(newest, current)
    return now
  }

  const turn = (): number => {
    const now = moveOn()
    for (const [mesh, { received, sent }] of counted) {
      add(rings.get(total), received, sent)
      if (mesh !== total) add(ringOf(mesh), received, sent)
    }
    counted.clear()
    return now
  }

  return {
    count(mesh, received, sent) {
      // beyond the bound a mesh has no sum of its own
      const key = mesh !== null && (counted.has(mesh) || counted.size <= maxMeshes) ? mesh : total
      const sum = counted.get(key)
      if (sum === undefined) counted.set(key, { received, sent })
      else {
        sum.received += received
        sum.sent += sent
      }
    },
    turn: () => void turn(),
    read() {
      const lasted = turn() - newest * step
      const first = Math.max(0, newest - points + 1)
      const seriesOf = (ring: Ring): TrafficSeries => {
        const rateAt = (bytes: Float64Array, index: number) => {
          const over = first + index < newest ? step : Math.max(leastLasted, lasted)
          return Number((((bytes[(first + index) % points] ?? 0) * 1_000) / over).toPrecision(3))
        }
        const all = Array.from({ length: newest - first + 1 }, (_, index) => index)
        return { received: all.map((index) => rateAt(ring.received, index)), sent: all.map((index) => rateAt(ring.sent, index)) }
      }
      const meshes = [...rings].filter(([mesh]) => mesh !== total).map(([mesh, ring]) => [mesh, seriesOf(ring)] as const)
      return { at: clock.now(), step, lasted, total: seriesOf(rings.get(total) ?? emptyRing()), meshes: Object.fromEntries(meshes) }
    },
  }
}

/**
 * Time that has passed since, ms, sleep included, which the monotonic clock leaves out: when the wall clock is suddenly
 * ahead, the machine slept. A clock that somebody sets forward looks the same, and one that is set back changes nothing.
 */
function createElapsed(clock: Clock): () => number {
  let passed = 0
  let before = { wall: clock.now(), steady: clock.monotonic() }
  return () => {
    const now = { wall: clock.now(), steady: clock.monotonic() }
    const steady = now.steady - before.steady
    const ahead = now.wall - before.wall - steady
    passed += steady + (ahead > maxDrift ? ahead : 0)
    before = now
    return passed
  }
}

const emptyRing = (): Ring => ({ received: new Float64Array(points), sent: new Float64Array(points) })

function clear({ received, sent }: Ring, place: number): void {
  received[place] = 0
  sent[place] = 0
}

const isEmpty = ({ received, sent }: Ring) => [received, sent].every((bytes) => bytes.every((one) => one === 0))
