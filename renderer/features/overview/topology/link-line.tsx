import { memo } from 'react'
import type { LatencyLabel } from './latency-labels.ts'
import { endsOf } from './latency-labels.ts'
import { here } from './homes.ts'
import type { Link } from './links.ts'
import type { Place } from './shapes.ts'

interface LinkLineProps {
  link: Link
  places: ReadonlyMap<string, Place>
  isBusy: boolean
  isActive: boolean
}

/** A way, from rim to rim. One that is relayed by a hub that is not drawn has the diamond of a hub in the middle. */
export const LinkLine = memo(function LinkLine({ link, places, isBusy, isActive }: LinkLineProps) {
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
}, looksSame)

/** A link is made anew with each state; what is drawn of it rarely differs. */
function looksSame(a: LinkLineProps, b: LinkLineProps): boolean {
  const isSameLink = a.link.from === b.link.from && a.link.to === b.link.to && a.link.way === b.link.way
  return isSameLink && a.places === b.places && a.isBusy === b.isBusy && a.isActive === b.isActive
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
