/** Where there is room for the latency of a way. Pure. */
import { here } from './homes.ts'
import type { Link } from './links.ts'
import type { Plan } from './plan.ts'
import { type Box, boxOf, distanceToLine, overlap, type Place, type Point } from './shapes.ts'

export interface LatencyLabel extends Box {
  /** The peer that the way leads to. */
  to: string
  text: string
}

const height = 17
/** Where on the way it stands: ways from one node are further apart there than in the middle. */
const place = 0.58
const widthOf = (text: string) => Math.round(text.length * 6 + 12)

/** The ends of a link, at the rims of what it joins, with a little air; null when one of them is not drawn. */
export function endsOf({ from, to }: Pick<Link, 'from' | 'to'>, places: ReadonlyMap<string, Place>) {
  const [a, b] = [places.get(from), places.get(to)]
  if (a === undefined || b === undefined) return null
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length]
  const [start, end] = [a.radius + 5, b.radius + 4]
  return {
    a: { x: a.x + ux * start, y: a.y + uy * start },
    b: { x: b.x - ux * end, y: b.y - uy * end },
    length: length - start - end,
    ux,
    uy,
  }
}

const crosses = ({ a, b }: { a: Point; b: Point }, { x, y }: Point, width: number): boolean =>
  [-0.5, -0.25, 0, 0.25, 0.5].some((part) => distanceToLine({ x: x + part * width, y }, a, b) < height / 2 + 1)

/** Beyond the middle of ways that are long enough, on no node, name, label or way of another; none when the nodes are dots. */
export function latencyLabels(links: readonly Link[], { level, places }: Plan, textOf: (ms: number) => string): LatencyLabel[] {
  if (level.name === 'dots') return []
  const taken = [...places.values()].map((place) => boxOf(place, level))
  const lines = links.map((link) => ({ to: link.to, ends: endsOf(link, places) }))
  const labels: LatencyLabel[] = []
  // ways through a hub first: there it says most
  for (const { from, to, latencyMs } of links.toSorted((a, b) => Number(a.from === here) - Number(b.from === here))) {
    const ends = endsOf({ from, to }, places)
    if (ends === null || latencyMs === null) continue
    const text = textOf(latencyMs)
    const width = widthOf(text)
    if (Math.abs(ends.ux) * width + Math.abs(ends.uy) * height + 18 > ends.length) continue
    const at = { x: ends.a.x + (ends.b.x - ends.a.x) * place, y: ends.a.y + (ends.b.y - ends.a.y) * place }
    const box = { x: at.x - width / 2, y: at.y - height / 2, width, height }
    const isCrossed = lines.some(({ to: other, ends: line }) => other !== to && line !== null && crosses(line, at, width))
    if (!isCrossed && [...taken, ...labels].every((other) => !overlap(box, other))) labels.push({ ...box, to, text })
  }
  return labels
}
