import type { NodeState } from '../../electron/contract/snapshot.ts'
import { type HouseDrawing, houseDrawings, houseOutline } from './house-drawing.ts'

const ink: Record<NodeState, string> = {
  starting: 'var(--fcn-idle)',
  online: 'var(--fcn-online)',
  alone: 'var(--fcn-idle)',
  attention: 'var(--fcn-attention-fill)',
  paused: 'var(--fcn-paused)',
  error: 'var(--fcn-error)',
}
const signInk: Partial<Record<NodeState, string>> = { attention: 'var(--fcn-attention-ink)', error: 'var(--fcn-surface)' }

/** This node's state, drawn as on the tray, so that one is learnt from the other. Never shown without its word. */
export function HouseMark({ state, size }: { state: NodeState; size: number }) {
  const { outline, corners, lamp, sign, solid, drop } = houseDrawings[state]
  return (
    <svg className="mark" viewBox="0 0 16 16" width={size} height={size} aria-hidden style={{ color: ink[state] }}>
      <g transform={`translate(0 ${drop})`} fill="currentColor" stroke="none">
        {outline && <path d={outline} fill="none" stroke="currentColor" strokeWidth="1.2" strokeLinejoin="round" />}
        {corners?.at.map(([x, y]) => <circle key={`${x} ${y}`} cx={x} cy={y} r={corners.r} />)}
        {lamp && <circle cx="8" cy="9.6" r="2" />}
        {solid && <path d={houseOutline} stroke="currentColor" strokeWidth="3" strokeLinejoin="round" />}
        <Sign sign={sign} ink={signInk[state] ?? 'currentColor'} />
      </g>
    </svg>
  )
}

function Sign({ sign, ink }: { sign: HouseDrawing['sign']; ink: string }) {
  const pen = { fill: 'none', stroke: ink, strokeWidth: 2, strokeLinecap: 'round' } as const
  switch (sign) {
    case 'bang':
      return (
        <>
          <path d="M8 6v3.4" {...pen} />
          <circle cx="8" cy="12.1" r="1.15" fill={ink} />
        </>
      )
    case 'cross':
      return <path d="M5.9 7.2l4.2 4.2M10.1 7.2l-4.2 4.2" {...pen} />
    case 'bars':
      return <path d="M5 7.4a.4.4 0 0 1 .4-.4h1.2a.4.4 0 0 1 .4.4v4.6H5zM9 7.4a.4.4 0 0 1 .4-.4h1.2a.4.4 0 0 1 .4.4v4.6H9z" fill={ink} />
    case null:
      return null
  }
}
