import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/free-port.ts'
import { startBareFastify, startProcess } from './bare-process.ts'
import { median, type Row } from './measure.ts'

const rounds = 7
const headless = join(import.meta.dirname, '../../out/main/headless.js')

/** From spawning the process to its first answer: a first start (new key, new database), a later start, and a bare Fastify. */
export async function coldStart(): Promise<Row[]> {
  const times = { first: [] as number[], again: [] as number[], bare: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    const data = mkdtempSync(join(tmpdir(), 'fcn-bench-'))
    try {
      for (const kind of ['first', 'again'] as const) {
        const port = await freePort()
        const node = await startProcess([headless, '--headless', '--data', data, '--host', '127.0.0.1', '--port', String(port)], port)
        times[kind].push(node.startedIn)
        await node.stop()
      }
      const bare = await startBareFastify()
      times.bare.push(bare.startedIn)
      await bare.stop()
    } finally {
      rmSync(data, { recursive: true, force: true })
    }
  }
  const against = `a bare Fastify process, medians of ${rounds}`
  return [
    { what: 'first start to first answer', unit: 'ms', ours: median(times.first), reference: median(times.bare), against },
    { what: 'later start to first answer', unit: 'ms', ours: median(times.again), reference: median(times.bare), against },
  ]
}
