/** Where a process spent its CPU time, from a profile in V8's format. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { printCells } from '../measure.ts'

const root = join(import.meta.dirname, '../../..')

const cpuProfile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
})

/** Prints the functions with the most self time, and what each package or folder takes altogether. */
export function printProfile(file: string, count = 40): void {
  const { nodes, samples, timeDeltas } = cpuProfile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const placeOf = new Map(nodes.map(({ id, callFrame }) => [id, place(callFrame)]))
  const self = { byFunction: new Map<string, number>(), byGroup: new Map<string, number>() }
  let total = 0
  samples.forEach((id, index) => {
    const { name, group } = placeOf.get(id) as Place
    if (name === '(idle)') return
    const time = timeDeltas[index] as number
    self.byFunction.set(name, (self.byFunction.get(name) ?? 0) + time)
    self.byGroup.set(group, (self.byGroup.get(group) ?? 0) + time)
    total += time
  })
  const rows = (times: Map<string, number>) =>
    [...times]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, count)
      .map(([name, time]) => [`${((100 * time) / total).toFixed(2)} %`, name])
  printCells([['self time', 'where'], ...rows(self.byGroup)])
  process.stdout.write('\n')
  printCells([['self time', 'function'], ...rows(self.byFunction)])
}

interface Place {
  name: string
  group: string
}

/** Native functions have no file; their own name is their group. */
function place({ functionName, url, lineNumber }: { functionName: string; url: string; lineNumber: number }): Place {
  const file = url.startsWith('file:') ? relative(root, fileURLToPath(url)) : url
  if (file === '') return { name: functionName, group: functionName }
  const [, dependency] = /^node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(file) ?? []
  const group = dependency ?? (file.startsWith('node:') ? file : file.split('/').slice(0, -1).join('/'))
  return { name: `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}`, group }
}
