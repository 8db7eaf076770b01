/** A drawing of what came of the requests under each policy: good answers in time, over the run; and how long good answers took. */
import type { Outcome } from './outcomes.ts'
import { inTime } from './trouble.ts'

export interface Curve {
  name: string
  outcomes: readonly Outcome[]
}

const panel = { width: 340, height: 180, top: 44, gap: 62, left: 46 }
/** Points of time over which the share is drawn. */
const steps = 60
/** Shares and times that the axes show: 88–100 %, 3 ms–3 s. */
const lowest = 0.88
const times = { from: 3, to: 3_000 }
const ticks = [10, 30, 100, 300, 1_000]

type Point = readonly [x: number, y: number]

/** Readable on light and dark: inks follow the reader's choice. */
export function plot(title: string, curves: readonly Curve[]): string {
  const width = panel.left + 2 * panel.width + panel.gap + 16
  const height = panel.top + panel.height + 66
  const second = panel.left + panel.width + panel.gap
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}">
<style>
text{font:11px system-ui,sans-serif;fill:#40464f}.t{font-size:13px;font-weight:600;fill:#1b1f24}path{fill:none;stroke-width:1.6}.g{stroke:#d5d9df;stroke-width:1}
.c0{stroke:#b3541e;stroke-dasharray:5 3}.c1{stroke:#5b61c9;stroke-dasharray:2 2}.c2{stroke:#0b7a53;stroke-width:2.2}
@media(prefers-color-scheme:dark){text{fill:#b6bdc7}.t{fill:#eef1f5}.g{stroke:#3a414b}.c0{stroke:#f0955a}.c1{stroke:#a3a8ff}.c2{stroke:#3fcf97}}
</style>
<text class="t" x="${panel.left}" y="16">${title}</text>
${frame(
  panel.left,
  'good answers within 1 s, over the run',
  [0, 0.25, 0.5, 0.75, 1].map((x) => [x, `${100 * x} %`] as const),
)}
${frame(
  second,
  'good answers, by the time they took',
  ticks.map((ms) => [log(ms), ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`] as const),
)}
${curves.map(({ outcomes }, index) => line(index, panel.left, overTime(outcomes))).join('\n')}
${curves.map(({ outcomes }, index) => line(index, second, distribution(outcomes))).join('\n')}
${curves.map(({ name }, index) => legend(index, name, height)).join('\n')}
</svg>
`
}

function overTime(outcomes: readonly Outcome[]): Point[] {
  const all = Array.from({ length: steps }, () => ({ requests: 0, inTime: 0 }))
  for (const { at, took, status } of outcomes) {
    const step = all[Math.min(steps - 1, Math.floor(at * steps))] as (typeof all)[number]
    step.requests++
    if (took <= inTime && status < 400) step.inTime++
  }
  return all.map((step, index) => [(index + 0.5) / steps, step.inTime / Math.max(1, step.requests)])
}

function distribution(outcomes: readonly Outcome[]): Point[] {
  const sorted = outcomes
    .filter(({ status }) => status < 400)
    .map(({ took }) => took)
    .toSorted((a, b) => a - b)
  return Array.from({ length: 121 }, (_, index): Point => {
    const ms = times.from * (times.to / times.from) ** (index / 120)
    return [index / 120, countUpTo(sorted, ms) / outcomes.length]
  }).filter(([, y]) => y >= lowest)
}

function countUpTo(sorted: readonly number[], most: number): number {
  const place = sorted.findIndex((value) => value > most)
  return place === -1 ? sorted.length : place
}

const log = (ms: number) => Math.log(ms / times.from) / Math.log(times.to / times.from)
const y = (part: number) => panel.top + panel.height * (1 - (Math.max(lowest, part) - lowest) / (1 - lowest))

function frame(left: number, name: string, labels: readonly (readonly [number, string])[]): string {
  const rows = [0.88, 0.91, 0.94, 0.97, 1].map((part) => {
    const at = y(part).toFixed(1)
    return `<path class="g" d="M${left} ${at}h${panel.width}"/><text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end">${Math.round(100 * part)} %</text>`
  })
  const bottom = panel.top + panel.height + 16
  const columns = labels.map(
    ([x, text]) => `<text x="${(left + x * panel.width).toFixed(1)}" y="${bottom}" text-anchor="middle">${text}</text>`,
  )
  return [`<text x="${left}" y="34">${name}</text>`, ...rows, ...columns].join('\n')
}

const line = (index: number, left: number, points: readonly Point[]) =>
  `<path class="c${index}" d="M${points.map(([x, part]) => `${(left + x * panel.width).toFixed(1)} ${y(part).toFixed(1)}`).join('L')}"/>`

function legend(index: number, name: string, height: number): string {
  const left = panel.left + index * 180
  return `<path class="c${index}" d="M${left} ${height - 18}h28"/><text x="${left + 34}" y="${height - 14}">${name}</text>`
}
