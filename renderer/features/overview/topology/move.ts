/** Which node the arrow keys go to. Pure. */
import type { Point } from './shapes.ts'

const directions: Record<string, Point> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
}

/**
 * The node that lies next in the direction of the key, seen from `from`: the nearest within 45° to either side, else the
 * nearest on that side at all. Home and End are the first and the last one. Null: there is none, or the key is another.
 */
export function nodeAt(key: string, from: string, places: ReadonlyMap<string, Point>): string | null {
  if (key === 'Home') return [...places.keys()][0] ?? null
  if (key === 'End') return [...places.keys()].at(-1) ?? null
  const [start, direction] = [places.get(from), directions[key]]
  if (start === undefined || direction === undefined) return null
  const there = [...places].flatMap(([id, place]) => {
    const [dx, dy] = [place.x - start.x, place.y - start.y]
    const ahead = dx * direction.x + dy * direction.y
    const aside = Math.abs(dx * direction.y + dy * direction.x)
    return id === from || ahead <= 0 ? [] : [{ id, ahead, aside }]
  })
  const within = there.filter(({ ahead, aside }) => aside <= ahead)
  const cost = ({ ahead, aside }: { ahead: number; aside: number }) => Math.hypot(ahead, 2 * aside)
  return (within.length > 0 ? within : there).toSorted((a, b) => cost(a) - cost(b) || (a.id < b.id ? -1 : 1))[0]?.id ?? null
}
