import { useElementSize } from '@mantine/hooks'
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { areaPath, linePath, nearest, placesIn, type Point, pointAt, scaleOf } from './chart-scale.ts'

/** Room for the labels of the rates and of the time, px. */
const labels = { left: 74, right: 8, top: 10, bottom: 24 }
const height = 140
/** Below this width there is room for every second label of the time only, px. */
const narrow = 420
/** Drawn so wide before its width is known, and at least so wide, px. */
const firstWidth = 640
const leastWidth = 200
/** Labels of the time axis, minutes ago. */
const minutes = [15, 10, 5, 0]

interface TrafficChartProps {
  points: readonly Point[]
  /** Says in a sentence what the drawing shows. */
  summary: string
}

/**
 * Received above the line, sent below it: the two stay apart without a legend. The pointer and the arrow keys tell of
 * each point. Drawn for its measured width, so that text keeps its size in every window.
 */
export function TrafficChart({ points, summary }: TrafficChartProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { ref, width: measured } = useElementSize<HTMLDivElement>()
  const [shown, setShown] = useState<number | null>(null)
  const width = Math.max(leastWidth, Math.round(measured) || firstWidth)
  const frame = { left: labels.left, right: width - labels.right, top: labels.top, bottom: height - labels.bottom }
  const scale = useMemo(() => scaleOf(points), [points])
  const places = placesIn(frame, scale)
  const last = points.length - 1
  const at = shown === null ? last : Math.min(shown, last)
  const point = shown === null ? undefined : points[at]
  const told = (one: Point | undefined) =>
    one === undefined
      ? summary
      : t('traffic.point', { time: format.exactTime(one.at), received: format.byteRate(one.received), sent: format.byteRate(one.sent) })

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const along = (event.clientX - event.currentTarget.getBoundingClientRect().left - frame.left) / (frame.right - frame.left)
    setShown(points.length === 0 ? null : nearest(points, along))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || points.length === 0) return
    const to = event.key === 'Escape' ? null : pointAt(event.key, at, points.length)
    if (to === null && event.key !== 'Escape') return
    event.preventDefault()
    setShown(to)
  }

  return (
    <div
      ref={ref}
      className="traffic-chart"
      role="slider"
      tabIndex={0}
      aria-label={summary}
      aria-readonly
      aria-valuemin={0}
      aria-valuemax={Math.max(0, last)}
      aria-valuenow={Math.max(0, at)}
      aria-valuetext={told(points[at])}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setShown(null)}
      onKeyDown={onKeyDown}
      onBlur={() => setShown(null)}
    >
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        {scale.lines.map(({ rate, direction }) => (
          <g key={`${direction} ${rate}`}>
            <path className="grid" d={`M${frame.left} ${places.y(rate, direction)}H${frame.right}`} />
            <text x={frame.left - 10} y={places.y(rate, direction) + 4} textAnchor="end">
              {format.byteRate(rate)}
            </text>
          </g>
        ))}
        <path className="area-in" d={areaPath(points, 'received', places)} />
        <path className="area-out" d={areaPath(points, 'sent', places)} />
        <path className="line-in" d={linePath(points, 'received', places)} />
        <path className="line-out" d={linePath(points, 'sent', places)} />
        <path className="axis" d={`M${frame.left} ${places.zero}H${frame.right}`} />
        <text x={frame.left - 10} y={places.zero + 4} textAnchor="end">
          {format.number(0)}
        </text>
        {minutes.map((ago, index) =>
          width < narrow && index % 3 !== 0 ? null : (
            <text
              key={ago}
              x={places.x(1 - ago / 15)}
              y={height - 5}
              textAnchor={index === 0 ? 'start' : index === minutes.length - 1 ? 'end' : 'middle'}
            >
              {ago === 0 ? t('traffic.now') : t('traffic.minutesAgo', { count: ago })}
            </text>
          ),
        )}
        {point && <Marker point={point} x={places.x(point.along)} y={places.y} top={frame.top} bottom={frame.bottom} />}
      </svg>
      {point && (
        <div className="traffic-tip" style={{ insetInlineStart: tipPlace(places.x(point.along), width) }} aria-hidden>
          <b className="num">{format.exactTime(point.at)}</b>
          <span className="key key-in">{t('traffic.received', { rate: format.byteRate(point.received) })}</span>
          <span className="key key-out">{t('traffic.sent', { rate: format.byteRate(point.sent) })}</span>
        </div>
      )}
    </div>
  )
}

/** Width that a tip takes at most, px. */
const tipWidth = 190
/** Beside the point, and within the drawing. */
const tipPlace = (x: number, width: number) => (x + tipWidth + 12 > width ? Math.max(0, x - tipWidth - 12) : x + 12)

interface MarkerProps {
  point: Point
  x: number
  y: (rate: number, direction: 'received' | 'sent') => number
  top: number
  bottom: number
}

function Marker({ point, x, y, top, bottom }: MarkerProps) {
  return (
    <g className="marker">
      <path d={`M${x} ${top}V${bottom}`} />
      <circle className="dot-in" cx={x} cy={y(point.received, 'received')} r="4" />
      <circle className="dot-out" cx={x} cy={y(point.sent, 'sent')} r="4" />
    </g>
  )
}
