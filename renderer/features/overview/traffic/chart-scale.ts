import type { TrafficSeries, TrafficView } from '../../../../electron/contract/traffic.ts'

/** Span of the chart, ms: a quarter of an hour. */
export const span = 15 * 60_000
/** Lines above and below zero together. */
const mostLines = 4
/** The finest distance between two lines, bytes per second: less than that is not worth a line. */
const finest = 1_000

/** A point of the chart. */
export interface Point {
  /** When it ended. */
  at: number
  /** Where that is, 0 (15 minutes ago) to 1 (now). */
  along: number
  /** Bytes per second. */
  received: number
  sent: number
}

/** The points of one series, oldest first; those that would lie before the left edge are left out. */
export function pointsOf({ at, step, lasted }: Omit<TrafficView, 'total' | 'meshes'>, { received, sent }: TrafficSeries): Point[] {
  const last = received.length - 1
  return received
    .map((bytes, index) => {
      const end = index === last ? at : at - lasted - (last - 1 - index) * step
      return { at: end, along: 1 - (at - end) / span, received: bytes, sent: sent[index] ?? 0 }
    })
    .filter(({ along }) => along >= 0)
}

/** Where lines are drawn, in bytes per second: received counts up, sent down. */
export interface Scale {
  top: number
  bottom: number
  /** Zero is not among them. */
  lines: readonly { rate: number; direction: 'received' | 'sent' }[]
}

/**
 * Both directions to one measure, so that they can be compared: the finest of the steps 1, 2, 5, 10 … with which few
 * lines are enough. At least one line is on each side.
 */
export function scaleOf(points: readonly Pick<Point, 'received' | 'sent'>[]): Scale {
  const most = (direction: 'received' | 'sent') => points.reduce((highest, point) => Math.max(highest, point[direction]), 0)
  const [received, sent] = [most('received'), most('sent')]
  const needs = (rate: number, step: number) => Math.max(1, Math.ceil(rate / step))
  let step = finest
  for (let turn = 0; needs(received, step) + needs(sent, step) > mostLines; turn++) step *= turn % 3 === 1 ? 2.5 : 2
  const [above, below] = [needs(received, step), needs(sent, step)]
  const lines = (count: number, direction: 'received' | 'sent') =>
    Array.from({ length: count }, (_, index) => ({ rate: (index + 1) * step, direction }))
  return { top: above * step, bottom: below * step, lines: [...lines(above, 'received'), ...lines(below, 'sent')] }
}

/** Where things are drawn, px. */
export interface Frame {
  left: number
  right: number
  top: number
  bottom: number
}

/** Places in the drawing, for a scale and a frame. */
export function placesIn({ left, right, top, bottom }: Frame, scale: Scale) {
  const unit = (bottom - top) / (scale.top + scale.bottom)
  const zero = top + scale.top * unit
  const x = (along: number) => left + along * (right - left)
  const y = (rate: number, direction: 'received' | 'sent') => zero + (direction === 'received' ? -rate : rate) * unit
  return { x, y, zero }
}
export type Places = ReturnType<typeof placesIn>

const px = (value: number) => Number(value.toFixed(1))

/** The outline of one direction; empty without points. */
export function linePath(points: readonly Point[], direction: 'received' | 'sent', { x, y }: Places): string {
  return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${px(x(point.along))} ${px(y(point[direction], direction))}`).join('')
}

/** The same, closed along the line of zero. */
export function areaPath(points: readonly Point[], direction: 'received' | 'sent', places: Places): string {
  const [first, last] = [points[0], points.at(-1)]
  if (first === undefined || last === undefined) return ''
  const zero = px(places.zero)
  return `${linePath(points, direction, places)}L${px(places.x(last.along))} ${zero}L${px(places.x(first.along))} ${zero}Z`
}

/** The point nearest to a place along the time axis; -1 without points. */
export function nearest(points: readonly Point[], along: number): number {
  let best = -1
  for (const [index, point] of points.entries()) {
    if (best === -1 || Math.abs(point.along - along) <= Math.abs((points[best]?.along ?? 0) - along)) best = index
  }
  return best
}

/** Where a key leads among `count` points; null: it leads nowhere. Time goes from left to right in every language. */
export function pointAt(key: string, at: number, count: number): number | null {
  const last = count - 1
  const to = {
    ArrowLeft: at - 1,
    ArrowDown: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at + 1,
    PageUp: at + 4,
    PageDown: at - 4,
    Home: 0,
    End: last,
  }
  return Object.hasOwn(to, key) ? Math.max(0, Math.min(last, to[key as keyof typeof to])) : null
}
