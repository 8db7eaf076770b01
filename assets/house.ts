import type { NodeState } from '../electron/contract/snapshot.ts'

/**
 * The one drawing behind tray icons and state marks: a house whose five corners are linked nodes (the five
 * capabilities) and whose lit window is this node. On a grid of 16 by 16, so that lines land on whole pixels at 16 px.
 * The shape carries the state and works in one colour: an outline is fine, solid needs a person, loose dots are alone.
 */
export interface Paint {
  ink: string
  /** Colour of the sign on a solid house; absent: it is cut out. */
  sign?: string
  /** Colour of a rim around a solid house, where its ink alone is too pale for the panel. */
  rim?: string
}

const roof = { left: [2.6, 6.9], top: [8, 2.2], right: [13.4, 6.9] } as const
const corners = [roof.top, roof.right, [13.4, 13.4], [2.6, 13.4], roof.left] as const
const walls = 'M8 2.2 13.4 6.9V13.4H2.6V6.9Z'

const dots = (places: readonly (readonly [number, number])[], radius: number) =>
  places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${radius}"/>`).join('')
const links = (path: string, ink: string) => `<path d="${path}" fill="none" stroke="${ink}" stroke-width="1.2" stroke-linejoin="round"/>`
const lamp = '<circle cx="8" cy="9.6" r="2"/>'
const bars = '<rect x="5" y="7" width="2" height="5" rx=".4"/><rect x="9" y="7" width="2" height="5" rx=".4"/>'
const bang = '<path d="M8 6v3.4" fill="none" stroke-width="2" stroke-linecap="round"/><circle cx="8" cy="12.1" r="1.15" stroke="none"/>'
const cross = '<path d="M5.9 7.2l4.2 4.2M10.1 7.2l-4.2 4.2" fill="none" stroke-width="2" stroke-linecap="round"/>'

const filled = (shapes: string, { ink }: Paint) => `<g fill="${ink}">${shapes}</g>`
const outline = (path: string, more: string, paint: Paint) => filled(links(path, paint.ink) + more, paint)
const gable = 'M2.6 6.9 8 2.2 13.4 6.9'

const drawings: Record<NodeState, (paint: Paint) => string> = {
  starting: (paint) => `<g transform="translate(0 1.6)">${outline(gable, dots(Object.values(roof), 1.6) + lamp, paint)}</g>`,
  online: (paint) => outline(walls, dots(corners, 1.6) + lamp, paint),
  alone: (paint) => filled(dots(corners, 1.15) + lamp, paint),
  attention: (paint) => solid(bang, paint),
  paused: (paint) => outline(walls, dots(corners, 1.6) + bars, paint),
  error: (paint) => solid(cross, paint),
}

/** A whole SVG document, 16 by 16. */
export function drawHouse(state: NodeState, paint: Paint): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${drawings[state](paint)}</svg>\n`
}

function solid(shape: string, { ink, sign, rim }: Paint): string {
  const edge = (colour: string, width: number, fill: string) =>
    `<path d="${walls}" fill="${fill}" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round"/>`
  const house = (rim ? edge(rim, 4, 'none') : '') + edge(ink, 3, ink)
  if (sign) return `${house}<g fill="${sign}" stroke="${sign}">${shape}</g>`
  const cut = `<mask id="cut"><rect width="16" height="16" fill="#fff"/><g fill="#000" stroke="#000">${shape}</g></mask>`
  return `${cut}<g mask="url(#cut)">${house}</g>`
}

/** The same house by night, for the program's own icon. */
export const appIcon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512" width="512" height="512">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0E2139"/><stop offset=".62" stop-color="#1D4371"/><stop offset="1" stop-color="#315E93"/></linearGradient>
<radialGradient id="glow"><stop offset="0" stop-color="#FFD88A" stop-opacity=".55"/><stop offset="1" stop-color="#FFD88A" stop-opacity="0"/></radialGradient>
</defs>
<rect x="24" y="24" width="464" height="464" rx="108" fill="url(#sky)"/>
<circle cx="256" cy="290" r="128" fill="url(#glow)"/>
<path d="M256 118 384 226V386H128V226Z" fill="none" stroke="#FFFFFF" stroke-width="20" stroke-linejoin="round"/>
<g fill="#FFFFFF">${dots(
  [
    [256, 118],
    [384, 226],
    [384, 386],
    [128, 386],
    [128, 226],
  ],
  32,
)}</g>
<circle cx="256" cy="290" r="44" fill="#FFD88A"/>
</svg>
`
