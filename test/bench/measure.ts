import { readFileSync } from 'node:fs'

/** One line of the table a benchmark prints: ours beside a reference measured in the same run. */
export interface Row {
  what: string
  unit: string
  ours: number
  reference: number
  /** What the reference is. */
  against: string
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

/** The value below which `fraction` of the values lie. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN
}

/** Clock ticks per second of /proc; 100 on every Linux that Node runs on. */
const ticksPerSecond = 100

/** CPU time used so far (s), resident memory now and at its greatest (bytes) of a process, as Linux accounts them (proc(5)). */
export function processUse(pid: number): { cpu: number; rss: number; peak: number } {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const bytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? Number.NaN) * 1024
  return {
    cpu: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    rss: bytes('VmRSS'),
    peak: bytes('VmHWM'),
  }
}

export function printTable(rows: readonly Row[]): void {
  const cells = [
    ['what', 'ours', 'reference', 'ratio', 'reference is'],
    ...rows.map(({ what, unit, ours, reference, against }) => [
      what,
      `${number(ours)} ${unit}`,
      `${number(reference)} ${unit}`,
      `${number(ours / reference)}×`,
      against,
    ]),
  ]
  printCells(cells)
}

/** Rows of cells, the first of them the heads, in columns. */
export function printCells(cells: readonly (readonly string[])[]): void {
  const widths = cells[0]?.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0))) ?? []
  for (const row of cells)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
}

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
