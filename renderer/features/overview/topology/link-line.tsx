import type { LatencyLabel } from './latency-labels.ts'
import { endsOf } from './latency-labels.ts'
import { here } from './homes.ts'
import type { Link } from './links.ts'
import type { Place } from './shapes.ts'

/** A way, from rim to rim. One that is relayed by a hub that is not drawn has the diamond of a hub in the middle. */
export function LinkLine({
  link,
  places,
  isBusy,
  isActive,
}: {
  link: Link
  places: ReadonlyMap<string, Place>
  isBusy: boolean
  isActive: boolean
}) {
  const ends = endsOf(link, places)
  if (ends === null || ends.length <= 0) return null
  const { a, b } = ends
  const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2]
  const look = { 'data-way': link.way, 'data-busy': isBusy || undefined, 'data-active': isActive || undefined }
  return (
    <>
      <path className="link" {...look} d={`M${a.x} ${a.y}L${b.x} ${b.y}`} />
      {link.way === 'relayed' && link.from === here && <path className="link-hub" d={`M${x} ${y - 6}l6 6-6 6-6-6z`} />}
    </>
  )
}

/** How far it is, in the middle of the way. */
export function LatencyPill({ label: { x, y, width, height, text } }: { label: LatencyLabel }) {
  return (
    <g className="pill" aria-hidden>
      <rect x={x} y={y} width={width} height={height} rx={height / 2} />
      <text x={x + width / 2} y={y + height - 5}>
        {text}
      </text>
    </g>
  )
}
