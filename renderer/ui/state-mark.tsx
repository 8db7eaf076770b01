import type { ReactNode } from 'react'

/** States of peers, capabilities, requests and services. Every silhouette differs at 12 px. */
export type Mark =
  'online' | 'checking' | 'reconnecting' | 'offline' | 'left' | 'removed' | 'waiting' | 'paused' | 'problem' | 'off' | 'legacy' | 'running'

const colour: Record<Mark, string> = {
  online: 'var(--fcn-online)',
  checking: 'var(--fcn-attention)',
  reconnecting: 'var(--fcn-attention)',
  waiting: 'var(--fcn-attention)',
  offline: 'var(--fcn-idle)',
  left: 'var(--fcn-idle)',
  removed: 'var(--fcn-idle)',
  off: 'var(--fcn-idle)',
  paused: 'var(--fcn-paused)',
  problem: 'var(--fcn-error)',
  legacy: 'var(--fcn-text-2)',
  running: 'var(--fcn-accent)',
}

const ring = <circle cx="8" cy="8" r="5.1" fill="none" stroke="currentColor" strokeWidth="1.8" />
const pen = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.8, strokeLinecap: 'round', strokeLinejoin: 'round' } as const

const shapes: Record<Mark, ReactNode> = {
  online: <circle cx="8" cy="8" r="6" fill="currentColor" />,
  checking: (
    <>
      {ring}
      <path d="M8 2.9a5.1 5.1 0 0 1 0 10.2z" fill="currentColor" />
    </>
  ),
  reconnecting: <path d="M13 8a5 5 0 1 1-1.6-3.7M11.9 1.6v3h-3" {...pen} />,
  offline: ring,
  left: (
    <>
      {ring}
      <path d="M5.6 8h4.8" {...pen} />
    </>
  ),
  removed: (
    <>
      {ring}
      <path d="M4.6 11.4l6.8-6.8" {...pen} />
    </>
  ),
  waiting: (
    <path d="M4 2.2h8M4 13.8h8M5 2.4c0 3.2 3 3.6 3 5.6s-3 2.4-3 5.6M11 2.4c0 3.2-3 3.6-3 5.6s3 2.4 3 5.6" {...pen} strokeWidth={1.7} />
  ),
  paused: (
    <g fill="currentColor">
      <rect x="3.2" y="2.6" width="3.4" height="10.8" rx="1" />
      <rect x="9.4" y="2.6" width="3.4" height="10.8" rx="1" />
    </g>
  ),
  problem: (
    <>
      <path d="M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3z" fill="currentColor" />
      <path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" stroke="var(--fcn-surface)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  running: <path d="M4.4 2.9v10.2a.8.8 0 0 0 1.2.7l8.3-5.1a.8.8 0 0 0 0-1.4L5.6 2.2a.8.8 0 0 0-1.2.7z" fill="currentColor" />,
  off: <path d="M3.5 8h9" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  legacy: (
    <rect x="3" y="3" width="10" height="10" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.8" strokeDasharray="2.6 1.7" />
  ),
}

/** The mark of a state; `x` and `y` place it within a drawing. Never shown without its word next to it: use StateWord where there is room. */
export function StateMark({ mark, size = 14, ...at }: { mark: Mark; size?: number; x?: number; y?: number }) {
  return (
    <svg
      {...at}
      className="mark"
      data-mark={mark}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden
      style={{ color: colour[mark] }}
    >
      {shapes[mark]}
    </svg>
  )
}

/** A mark with its word. */
export function StateWord({ mark, children }: { mark: Mark; children: ReactNode }) {
  return (
    <span className="state-word">
      <StateMark mark={mark} size={13} />
      <span>{children}</span>
    </span>
  )
}
