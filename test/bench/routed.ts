import { Pool } from 'undici'
import { eventually } from '../support/eventually.ts'
import { joinedPair } from '../e2e/joined-pair.ts'
import { startBareFastify } from './bare-process.ts'
import { median, quantile, type Row } from './measure.ts'

const rounds = 5
const requests = 1000

/** A request from a program through its own node and TLS to the peer's service, beside the same request made directly. */
export async function routed(): Promise<Row[]> {
  const service = await startBareFastify()
  const { approver, joiner } = await joinedPair({ approver: 'server', joiner: 'client' })
  const direct = new Pool(`http://127.0.0.1:${service.port}`, { connections: 1 })
  const through = new Pool(joiner.url, { connections: 1 })
  try {
    await approver.fcn('share', 'bare', String(service.port))
    const routedPath = '/services/any/server/bare/small'
    await eventually('the service is known', async () => (await once(through, routedPath)).ok)
    const times = { direct: [] as number[], through: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      for (const [kind, pool, path] of [
        ['direct', direct, '/small'],
        ['through', through, routedPath],
      ] as const) {
        for (let warm = 0; warm < 100; warm++) await once(pool, path)
        for (let count = 0; count < requests; count++) times[kind].push((await once(pool, path)).ms)
      }
    }
    const against = `the same request made directly, ${rounds} interleaved rounds of ${requests}`
    return [
      { what: 'routed request, median', unit: 'ms', ours: median(times.through), reference: median(times.direct), against },
      { what: 'routed request, p99', unit: 'ms', ours: quantile(times.through, 0.99), reference: quantile(times.direct, 0.99), against },
    ]
  } finally {
    await Promise.all([direct.destroy(), through.destroy(), approver.stop(), joiner.stop(), service.stop()])
  }
}

async function once(pool: Pool, path: string): Promise<{ ok: boolean; ms: number }> {
  const begin = performance.now()
  const { statusCode, body } = await pool.request({ method: 'GET', path })
  await body.dump()
  return { ok: statusCode === 200, ms: performance.now() - begin }
}
