/** How a peer is reached: a straight link, or dots where nothing answers. Relayed (a diamond) comes with hubs. */
export function PathMark({ path, size = 22 }: { path: 'direct' | 'none'; size?: number }) {
  return (
    <svg className="mark path-mark" viewBox="0 0 22 10" width={size} height={(size * 10) / 22} aria-hidden>
      <g fill="currentColor" stroke="currentColor">
        <circle cx="3" cy="5" r="2" stroke="none" />
        <circle cx="19" cy="5" r="2" stroke="none" />
        {path === 'direct' ? (
          <path d="M5 5h12" strokeWidth="1.5" />
        ) : (
          <path d="M6.5 5h2M10 5h2M13.5 5h2" strokeWidth="1.3" opacity=".6" />
        )}
      </g>
    </svg>
  )
}
