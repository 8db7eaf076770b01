/** `npm run bench -- faults [part …]`: what routing does when nodes are killed, callers go away or read slowly; each figure with its bar. */
import { abortStorm } from '../e2e/routing/abort-storm.ts'
import { positions } from '../e2e/routing/counting-service.ts'
import { killServingNodes } from '../e2e/routing/kill-rounds.ts'
import { judge, resultTable } from '../e2e/routing/kill-verdict.ts'
import { startServingMesh } from '../e2e/routing/serving-mesh.ts'
import { readSlowly } from '../e2e/routing/slow-readers.ts'
import { startStreamService } from '../e2e/routing/stream-service.ts'
import { printCells, quantile } from './measure.ts'
import { atMost, type Bar, type Figure, printFigures } from './figure.ts'

const mebibyte = 2 ** 20
/** Kills at each of the positions: 200 in all. */
const rounds = 200 / positions.length
const aborts = 10_000
/** After a storm, ms: longer than a connection is kept for the next request. */
const rest = 35_000
const readers = 64
const readingTime = 30_000

const parts: Record<string, () => Promise<Figure[]>> = { kills, aborts: manyAborts, readers: slowReaders }
export const faultsParts = Object.keys(parts)

/** Runs the chosen parts, all when none is; false when a bar does not hold. */
export async function faults(chosen: readonly string[]): Promise<boolean> {
  let held = true
  for (const [name, run] of Object.entries(parts)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue
    process.stdout.write(`${name} …\n`)
    held = printFigures(await run(), 'reference') && held
  }
  return held
}

async function kills(): Promise<Figure[]> {
  const { kills, outcomes } = await killServingNodes({ rounds, each: 3 })
  const verdict = judge(outcomes)
  printCells(resultTable(outcomes))
  for (const line of [...verdict.dishonest, ...verdict.late, ...verdict.repeated, ...verdict.lost].slice(0, 50))
    process.stdout.write(`${line}\n`)
  process.stdout.write('\n')
  return [
    figure('serving nodes killed', '', [kills], { text: '≥ 200', holds: kills >= 200 }),
    figure('requests under way or near', '', [outcomes.length]),
    none('neither answered nor refused with a reason, nor visibly cut', verdict.dishonest),
    none('later than their deadline', verdict.late),
    none('done twice although they must not be', verdict.repeated),
    figure('idempotent ones that succeeded', '%', [verdict.success * 100], { text: '≥ 99.9 %', holds: verdict.success >= 0.999 }),
  ]
}

async function manyAborts(): Promise<Figure[]> {
  await using mesh = await startServingMesh()
  const service = await startStreamService()
  try {
    await mesh.share('streams', [service.port])
    await abortStorm(mesh, service, { aborts: 500, crowd: 16, rest: 0 }) // code and pools are warm after it
    const storm = await abortStorm(mesh, service, { aborts, crowd: 16, rest })
    const grown = (of: 'sockets' | 'memory') => storm[of].map(({ before, after }) => after - before)
    const memory = grown('memory').map((bytes) => bytes / mebibyte)
    return [
      figure('aborts that came to the service', '', [storm.arrived], { text: `≥ ${aborts / 5}`, holds: storm.arrived >= aborts / 5 }),
      figure('exchanges that did not end', '', [storm.stuck], atMost(0, [storm.stuck], '0')),
      figure('from the abort to the end at the service', 'ms', storm.waits, atMost(1_000, storm.waits, '≤ 1 s')),
      figure('… of 99 %', 'ms', [quantile(storm.waits, 0.99)]),
      figure('sockets more than before, per node', '', grown('sockets'), atMost(4, grown('sockets'), '≤ 4')),
      figure('memory more than before, per node', 'MiB', memory, atMost(64, memory, '≤ 64 MiB')),
    ]
  } finally {
    await service.stop()
  }
}

async function slowReaders(): Promise<Figure[]> {
  await using mesh = await startServingMesh()
  const service = await startStreamService()
  try {
    await mesh.share('streams', [service.port])
    await readSlowly(mesh, { readers: 4, duration: 1_000 })
    const reading = await readSlowly(mesh, { readers, duration: readingTime })
    const served = reading.bytes.filter((count) => count > 1_024).length
    const grown = reading.memory.map(({ before, peak }) => (peak - before) / mebibyte)
    return [
      figure('slow readers served', '', [served], { text: `${readers}`, holds: served === readers }),
      figure('memory more than before, per node', 'MiB', grown, atMost(64, grown, '≤ 64 MiB')),
      figure('other requests meanwhile', 'ms', reading.others, atMost(1_000, reading.others, '≤ 1 s')),
    ]
  } finally {
    await service.stop()
  }
}

const figure = (what: string, unit: string, values: readonly number[], ...bars: Bar[]): Figure => ({ what, unit, values, bars })
const none = (what: string, found: readonly string[]) => figure(what, '', [found.length], atMost(0, [found.length], '0'))
