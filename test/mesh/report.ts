/** Results as people read them. */
import type { SimulationResult } from './simulation.ts'

const time = (ms: number | null) => (ms === null ? 'never' : `${(ms / 1000).toFixed(2)} s`)

/** Longest first and last moment per kind of event. */
function timings(result: SimulationResult): [string, string][] {
  const kinds = [...new Set(result.timings.map(({ what }) => what))]
  return kinds.map((kind) => {
    const some = result.timings.filter(({ what }) => what === kind)
    const known = some.flatMap(({ last }) => last ?? [])
    const worst = time(known.length > 0 ? Math.max(...known) : null)
    return [`${kind} known everywhere (${known.length} of ${some.length}), worst`, worst]
  })
}

export function reportRows(result: SimulationResult): [string, string][] {
  return [
    ['nodes', `${result.nodes}`],
    ['seed', `${result.seed}`],
    ['virtual time', `${result.seconds} s`],
    ['event hash', result.hash],
    ['messages delivered', `${result.events}`],
    ['messages per node', `${result.messagesPerNode.toFixed(2)} /s`],
    ['payload per node', `${result.bytesPerNode.toFixed(0)} B/s`],
    ...timings(result),
    ...result.equalAfter.map((ms): [string, string] => ['views equal again after', time(ms)]),
    ['false deaths', `${result.falseDeaths}`],
    ['most flaps of one member in one view', `${result.mostFlaps}`],
    ['broken invariants', `${result.violations.length}`],
  ]
}

export function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n')
}
