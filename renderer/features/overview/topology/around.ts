/** Places around one node: rings while names have room, a spiral of dots for many. Pure; fixed, never a simulation. */
import { type Box, boxOf, distanceToLine, isInside, type Level, overlap, type Place, type Point } from './shapes.ts'

export interface Surroundings {
  centre: Place
  /** Where the places may be. */
  area: Box
  level: Level
  /** What stands there already, names included. */
  taken: readonly Box[]
  /** Ways that no disc may stand on. */
  lines: readonly (readonly [Point, Point])[]
  /** Angle that is kept free, radians, and how wide; null: all around is free. */
  gap: { at: number; width: number } | null
}

/** Room of a dot each way: what a finger or a pointer needs to meet one and not another. */
const dotRoom = 24

/** How far a way stays from the discs of others. */
const clearance = 5

const turn = 2 * Math.PI
/** Steps in which a rim is measured. */
const fineness = 720

/** `count` places on one ring, the same way apart along it; null when that many have no room. */
export function ringAround(count: number, around: Surroundings): Place[] | null {
  const places = ring(count, around)
  const accepted: Placed[] = []
  for (const place of places) {
    if (!isFree(place, accepted, around)) return null
    accepted.push({ place, box: boxOf(place, around.level) })
  }
  return places
}

interface Placed {
  place: Place
  box: Box
}

/** Inside, on nothing that stands there, and on no way to another one; nor is another one on the way to it. */
function isFree(place: Place, accepted: readonly Placed[], { centre, area, level, taken, lines }: Surroundings): boolean {
  const box = boxOf(place, level)
  if (!isInside(box, area) || taken.some((other) => overlap(box, other))) return false
  if (lines.some(([a, b]) => distanceToLine(place, a, b) < place.radius + clearance)) return false
  return accepted.every(({ place: other, box: otherBox }) => {
    if (overlap(box, otherBox)) return false
    if (level.name === 'dots') return true
    return (
      distanceToLine(place, centre, other) > place.radius + clearance && distanceToLine(other, centre, place) > other.radius + clearance
    )
  })
}

/** Evenly along an ellipse as large as the area allows. */
function ring(count: number, { centre, area, level, gap }: Surroundings): Place[] {
  const { radius, nameWidth, nameHeight } = level
  const reach = { x: nameWidth / 2 + 1, y: radius + nameHeight + 4 }
  const rx = Math.max(centre.x - area.x, area.x + area.width - centre.x) - reach.x
  const up = centre.y - area.y - reach.y
  const down = area.y + area.height - centre.y - reach.y
  const start = gap === null ? -Math.PI / 2 : gap.at + gap.width / 2
  const span = gap === null ? turn : turn - gap.width
  const at = (part: number): Point => {
    const angle = start + part * span
    const dy = Math.sin(angle)
    return { x: centre.x + Math.cos(angle) * rx, y: centre.y + dy * (dy < 0 ? up : down) }
  }
  // two stand left and right; otherwise the first stand at either side of the top, where the longest names have room
  const first = gap === null && count === 2 ? 0.25 : 0.5 / count
  return evenly(count, at, first).map(({ x, y }) => ({
    ...{ x: Math.round(x), y: Math.round(y), radius },
    name: y < centre.y - 8 ? 'above' : 'below',
  }))
}

/** `count` points along a curve (0 to 1), the same way apart, the first one `offset` of the whole way from its start. */
function evenly(count: number, at: (part: number) => Point, offset: number): Point[] {
  const lengths = [0]
  for (let step = 1; step <= fineness; step++) {
    const [to, from] = [at(step / fineness), at((step - 1) / fineness)]
    lengths.push((lengths[step - 1] ?? 0) + Math.hypot(to.x - from.x, to.y - from.y))
  }
  const whole = lengths[fineness] ?? 0
  return Array.from({ length: count }, (_, i) => {
    const way = ((offset + i / count) % 1) * whole
    return at(
      Math.max(
        0,
        lengths.findIndex((length) => length >= way),
      ) / fineness,
    )
  })
}

/** Turns from one place of the spiral to the next: by the golden angle no two lie on one ray. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5))
/** Widths of the spiral that are tried, in rooms of a node. In tight ones most places are passed over. */
const looseWidths = Array.from({ length: 14 }, (_, i) => 1.1 - i * 0.04)
const tightWidths = [0.5, 0.42, 0.36, 0.3, 0.26, 0.22, 0.19, 0.16, 0.13]

/**
 * `count` places on a spiral from the middle outwards (Vogel's sunflower), as wide as the area allows; null when it does
 * not hold them. The first places are the same however many follow, as long as the width is.
 */
export function spiralAround(count: number, around: Surroundings, isTight: boolean): Place[] | null {
  const { nameWidth, nameHeight, radius, name } = around.level
  const room = name === 'dots' ? { x: dotRoom, y: dotRoom } : { x: nameWidth, y: 2 * radius + nameHeight + 6 }
  if (count * room.x * room.y > around.area.width * around.area.height) return null
  for (const width of isTight ? tightWidths : looseWidths) {
    const places = spiral(count, { x: room.x * width, y: room.y * width }, around)
    if (places.length === count) return places
  }
  return null
}

function spiral(count: number, width: Point, around: Surroundings): Place[] {
  const { centre, area, level } = around
  const accepted: Placed[] = []
  const last = Math.ceil((Math.hypot(area.width, area.height) / Math.min(width.x, width.y)) ** 2)
  for (let i = 1; i <= last && accepted.length < count; i++) {
    const [distance, angle] = [Math.sqrt(i), i * goldenAngle]
    const x = centre.x + distance * width.x * Math.cos(angle)
    const y = centre.y + distance * width.y * Math.sin(angle)
    const name = level.name === 'dots' ? null : y < centre.y - 8 ? 'above' : 'below'
    const place: Place = { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10, radius: level.radius, name }
    if (isFree(place, accepted, around)) accepted.push({ place, box: boxOf(place, level) })
  }
  return accepted.map(({ place }) => place)
}
