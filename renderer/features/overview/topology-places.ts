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
 * Fixed places, never a simulation: this node in the middle, `count` peers evenly on an ellipse around it, from the top
 * left on clockwise. The same list gives the same drawing. Above six peers the ellipse has two radii in turn, so that
 * names of neighbours do not touch. `upright` is for narrow windows.
 */
export function planTopology(count: number, upright: boolean): Plan {
  const [width, height] = upright ? [354, 414] : [660, 330]
  const middle = { x: width / 2, y: height / 2 + 2 }
  const radius = upright ? { x: 126, y: 148 } : { x: 252, y: 112 }
  const peers = Array.from({ length: count }, (_, i) => {
    const angle = startAngle(count) + (i / count) * 2 * Math.PI
    const nearer = count > 6 && i % 2 === 1 ? 0.72 : 1
    const x = middle.x + Math.cos(angle) * radius.x * (upright ? 1 : nearer)
    const y = middle.y + Math.sin(angle) * radius.y * (upright ? nearer : 1)
    return { x: Math.round(x), y: Math.round(y), above: y < middle.y - 8 }
  })
  return { width, height, self: { ...middle, above: false }, peers }
}

/** Two stand left and right; else the first stands at the upper left, so that no link crosses this node's own name. */
const startAngle = (count: number) => (count <= 2 ? Math.PI : -Math.PI / 2 - Math.PI / count)
