/** How large things are drawn, from few nodes to many, and whether they touch. Pure; drawing units. */

export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  /** `x` and `y` are its left upper corner. */
  width: number
  height: number
}

/** `named`: discs with names · `close`: smaller ones · `dots`: marks, whose names come with pointer or focus */
export type LevelName = 'named' | 'close' | 'dots'

export interface Level {
  name: LevelName
  /** Of the disc of a peer, a hub and this node. */
  radius: number
  hubRadius: number
  selfRadius: number
  /** Room for a name and its height. */
  nameWidth: number
  nameHeight: number
  /** Longest name, characters; longer ones are cut. */
  nameLength: number
}

export const levels: readonly Level[] = [
  { name: 'named', radius: 21, hubRadius: 25, selfRadius: 25, nameWidth: 108, nameHeight: 20, nameLength: 16 },
  { name: 'close', radius: 14, hubRadius: 18, selfRadius: 19, nameWidth: 82, nameHeight: 16, nameLength: 13 },
  { name: 'dots', radius: 7, hubRadius: 15, selfRadius: 17, nameWidth: 90, nameHeight: 17, nameLength: 14 },
]

export interface Place extends Point {
  radius: number
  /** On which side its name stands: the one that has no link; null: it is not always shown. */
  name: 'above' | 'below' | null
}

/** Air around everything; a dot has more, so that a finger or a pointer meets it and no other one. */
const air = 3
const dotAir = 5

/** What a node takes with its name. */
export function boxOf({ x, y, radius, name }: Place, { nameWidth, nameHeight }: Level): Box {
  const reach = radius + (name === null ? dotAir : air)
  const half = name === null ? reach : Math.max(reach, nameWidth / 2)
  const above = reach + (name === 'above' ? nameHeight : 0)
  const below = reach + (name === 'below' ? nameHeight : 0)
  return { x: x - half, y: y - above, width: 2 * half, height: above + below }
}

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

export const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

/** How far a point is from the way between two others. */
export function distanceToLine({ x, y }: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const along = dx === 0 && dy === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy)))
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy)
}
