/** A point of the drawing, in its own units. */
export interface Place {
  x: number
  y: number
  /** Names above this node stand on the side that has no link. */
  above: boolean
}

/** More peers than this are drawn as one node "+9 more". */
export const mostPeers = 12

export interface Plan {
  width: number
  height: number
  self: Place
  /** One place per peer, in their order. */
  peers: Place[]
}

/**
 * Fixed places, never a simulation: this node in the middle, `count` peers on an ellipse around it, evenly along its rim,
 * clockwise from the top. The same list gives the same drawing. `upright` is for narrow windows.
 */
export function planTopology(count: number, upright: boolean): Plan {
  const [width, height] = upright ? [354, 414] : [660, 330]
  const middle = { x: width / 2, y: height / 2 + 2 }
  const [rx, ry] = upright ? [122, 146] : [256, 112]
  const peers = alongEllipse(count, rx, ry).map(([dx, dy]) => ({
    x: Math.round(middle.x + dx),
    y: Math.round(middle.y + dy),
    above: dy < -8,
  }))
  return { width, height, self: { ...middle, above: false }, peers }
}

/** Steps in which the rim is measured. */
const fineness = 720

/**
 * `count` points on an ellipse around the origin, the same way apart along the rim. Two stand left and right; otherwise
 * the first two stand at either side of the top, so that the longest names have room.
 */
function alongEllipse(count: number, rx: number, ry: number): [number, number][] {
  const at = (step: number): [number, number] => {
    const angle = (step / fineness) * 2 * Math.PI - Math.PI / 2
    return [Math.cos(angle) * rx, Math.sin(angle) * ry]
  }
  const lengths = [0]
  for (let step = 1; step <= fineness; step++) {
    const [[x, y], [px, py]] = [at(step), at(step - 1)]
    lengths.push((lengths[step - 1] ?? 0) + Math.hypot(x - px, y - py))
  }
  const rim = lengths[fineness] ?? 0
  const first = count === 2 ? 0.25 : 0.5 / count
  return Array.from({ length: count }, (_, i) => {
    const way = ((count === 2 ? first + i / 2 : first + i / count) % 1) * rim
    return at(lengths.findIndex((length) => length >= way))
  })
}
