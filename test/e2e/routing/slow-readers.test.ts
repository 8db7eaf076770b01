import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFast, type Reading, readSlowly } from './slow-readers.ts'
import { startServingMesh, type ServingMesh } from './serving-mesh.ts'
import { startStreamService, type StreamService } from './stream-service.ts'

const mebibyte = 2 ** 20

describe.skipIf(process.platform !== 'linux')('64 slow readers of a stream of 1 GiB', () => {
  let mesh: ServingMesh
  let service: StreamService
  let reading: Reading

  beforeAll(async () => {
    ;[mesh, service] = await Promise.all([startServingMesh(), startStreamService()])
    await mesh.share('streams', [service.port])
    // V8 collects the buffers of a stream that nobody has any more once there are 64 MiB of them, so one fast reader costs that much
    for (const { name } of mesh.serving) await readFast(mesh, name, 256 * mebibyte)
    reading = await readSlowly(mesh, { readers: 64, duration: 5_000 })
  })
  afterAll(async () => {
    await mesh?.stop()
    await service?.stop()
  })

  it('all get a part of it', () => {
    expect(reading.bytes.filter((count) => count > 0)).toHaveLength(64)
  })

  it('cost each node at most 64 MiB more than one fast reader does', () => {
    const growth = reading.memory.map(({ node, peakBefore, peak }) => ({ node, MiB: Math.round((peak - peakBefore) / mebibyte) }))
    expect(growth.filter(({ MiB }) => MiB > 64)).toEqual([])
  })

  it('keep no other request waiting', () => {
    expect(reading.others.every(Number.isFinite)).toBe(true)
    const sorted = reading.others.toSorted((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(3_000) // the worst one tells of the machine; the bench measures it
  })
})
