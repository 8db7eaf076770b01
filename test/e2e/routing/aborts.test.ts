import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from 'undici'
import { type Storm, abortStorm } from './abort-storm.ts'
import { startServingMesh, type ServingMesh } from './serving-mesh.ts'
import { startStreamService, type StreamService } from './stream-service.ts'

const mebibyte = 2 ** 20
const aborts = 200
/** Each abort costs a TLS handshake between the nodes: more at a time would measure the machine. */
const crowd = 4
/** Connections kept for the next request: at most one per client of the crowd, on both sides of a node. */
const kept = 2 * crowd

/** `npm run bench -- faults` makes 10,000. */
describe.skipIf(process.platform !== 'linux')('clients that go away at random moments', () => {
  let mesh: ServingMesh
  let service: StreamService
  let storm: Storm

  beforeAll(async () => {
    ;[mesh, service] = await Promise.all([startServingMesh(), startStreamService()])
    await mesh.share('streams', [service.port])
    storm = await abortStorm(mesh, service, { aborts, crowd, rest: 500 })
  })
  afterAll(async () => {
    await mesh?.stop()
    await service?.stop()
  })

  it('go while their request is at the service, many of them', () => {
    expect(storm.arrived).toBeGreaterThan(aborts / 5)
  })

  it('end the exchange at the service within a second', () => {
    expect(storm.stuck).toBe(0)
    expect(storm.waits.filter((ms) => ms > 1_000)).toEqual([])
  })

  it('leave no socket behind', () => {
    expect(storm.sockets.filter(({ before, after }) => after > before + kept)).toEqual([])
  })

  it('leave no memory behind that grows with their number', () => {
    expect(storm.memory.filter(({ before, after }) => after > before + 96 * mebibyte)).toEqual([])
  })

  it('leave both nodes as they were for whoever comes next', async () => {
    const answer = await request(mesh.at('streams', '/upload'), { method: 'POST', body: 'x', headers: { 'x-nonce': 'last' } })
    expect([answer.statusCode, await answer.body.text()]).toEqual([200, 'ok'])
  })
})
