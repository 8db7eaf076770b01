const corners = [
  [256, 118],
  [384, 226],
  [384, 386],
  [128, 386],
  [128, 226],
]

/** The app icon: the house at dusk with its lit window. */
export function AppLogo({ size = 22 }: { size?: number }) {
  return (
    <svg className="mark" viewBox="0 0 512 512" width={size} height={size} aria-hidden>
      <defs>
        <linearGradient id="logo-sky" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="var(--fcn-dusk-deep)" />
          <stop offset=".62" stopColor="var(--fcn-dusk)" />
          <stop offset="1" stopColor="var(--fcn-dusk-light)" />
        </linearGradient>
      </defs>
      <rect x="8" y="8" width="496" height="496" rx="116" fill="url(#logo-sky)" />
      <path d="M256 118 384 226V386H128V226Z" fill="none" stroke="var(--fcn-snow)" strokeWidth="24" strokeLinejoin="round" />
      {corners.map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="36" fill="var(--fcn-snow)" />
      ))}
      <circle cx="256" cy="290" r="48" fill="var(--fcn-lamp)" />
    </svg>
  )
}
