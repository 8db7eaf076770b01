import type { ReactNode } from 'react'

/** Ways between two nodes: a straight link, a link through a diamond, dots where nothing answers, one node by itself. */
export type Path = 'direct' | 'relayed' | 'none' | 'local'

const ends = (
  <>
    <circle cx="3" cy="5" r="2" stroke="none" />
    <circle cx="19" cy="5" r="2" stroke="none" />
  </>
)

const shapes: Record<Path, ReactNode> = {
  direct: (
    <>
      {ends}
      <path d="M5 5h12" strokeWidth="1.5" />
    </>
  ),
  relayed: (
    <>
      {ends}
      <path d="M5 5h3M14 5h3" strokeWidth="1.5" />
      <path d="M11 2l3 3-3 3-3-3z" strokeWidth="1.3" fill="none" />
    </>
  ),
  none: (
    <>
      {ends}
      <path d="M6.5 5h2M10 5h2M13.5 5h2" strokeWidth="1.3" opacity=".6" />
    </>
  ),
  local: (
    <>
      <circle cx="11" cy="5" r="2" stroke="none" />
      <circle cx="11" cy="5" r="4.1" strokeWidth="1.3" fill="none" />
    </>
  ),
}

/** The mark for the way to a peer. */
export const pathOf = (path: { kind: 'direct' | 'relayed' } | null): Path => path?.kind ?? 'none'

/** How something reaches where it runs. Never without words beside it. */
export function PathMark({ path, size = 22 }: { path: Path; size?: number }) {
  return (
    <svg className="mark path-mark" data-path={path} viewBox="0 0 22 10" width={size} height={(size * 10) / 22} aria-hidden>
      <g fill="currentColor" stroke="currentColor">
        {shapes[path]}
      </g>
    </svg>
  )
}
