type Point = readonly [number, number]

const corners: readonly Point[] = [
  [180, 62],
  [300, 158],
  [300, 304],
  [60, 304],
  [60, 158],
]
/** Other homes: place, size, and the corner of ours each is linked to. */
const homes = [
  { x: 368, y: 52, size: 3.1, corner: [300, 158] },
  { x: -12, y: 66, size: 2.4, corner: [60, 158] },
  { x: 394, y: 262, size: 2.3, corner: [300, 304] },
  { x: -32, y: 250, size: 2.9, corner: [60, 304] },
] as const
const smallCorners: readonly Point[] = [
  [8, 2.2],
  [13.4, 6.9],
  [13.4, 13.4],
  [2.6, 13.4],
  [2.6, 6.9],
]

/** A link that stops short of the small house it comes from. */
function toward(x: number, y: number, gap: number, [a, b]: Point): string {
  const length = Math.hypot(a - x, b - y)
  return `M${x + ((a - x) / length) * gap} ${y + ((b - y) / length) * gap}L${a} ${b}`
}

/** The lit house at dusk with its neighbours: beside the first steps. */
export function Dusk() {
  return (
    <svg className="dusk" viewBox="0 0 360 380" aria-hidden>
      <defs>
        <radialGradient id="lamp-glow">
          <stop offset="0" stopColor="var(--fcn-lamp)" stopOpacity=".42" />
          <stop offset="1" stopColor="var(--fcn-lamp)" stopOpacity="0" />
        </radialGradient>
      </defs>
      {homes.map(({ x, y, size, corner }) => (
        <g key={x}>
          <path
            d={toward(x, y, size * 11, corner)}
            stroke="var(--fcn-dusk-line)"
            strokeOpacity=".6"
            strokeDasharray="1 7"
            strokeLinecap="round"
            strokeWidth="2"
          />
          <g transform={`translate(${x} ${y}) scale(${size}) translate(-8 -8.4)`}>
            <path d="M8 2.2 13.4 6.9V13.4H2.6V6.9Z" fill="none" stroke="var(--fcn-dusk-line)" strokeWidth="1" strokeLinejoin="round" />
            {smallCorners.map(([a, b]) => (
              <circle key={`${a} ${b}`} cx={a} cy={b} r="1.5" fill="var(--fcn-dusk-line)" />
            ))}
            <circle cx="8" cy="9.6" r="1.8" fill="var(--fcn-lamp)" />
          </g>
        </g>
      ))}
      <circle cx="180" cy="222" r="120" fill="url(#lamp-glow)" />
      <path d="M180 62 300 158V304H60V158Z" fill="none" stroke="var(--fcn-snow)" strokeWidth="5" strokeLinejoin="round" opacity=".9" />
      {corners.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="15" fill="var(--fcn-snow)" />
      ))}
      <circle cx="180" cy="222" r="23" fill="var(--fcn-lamp)" />
    </svg>
  )
}
