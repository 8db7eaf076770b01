import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { request } from 'undici'
import { eventually } from '../../support/eventually.ts'
import { type AppService, startAppService } from '../routing/app-service.ts'
import { headerOf, statusOf, talk } from '../routing/raw-client.ts'
import { type ServingMesh, startServingMesh, valueOf } from '../routing/serving-mesh.ts'
import { createAttackers } from './attacker.ts'
import { invite } from './invitation.ts'
import { createOutsider, type Outsider } from './outsider.ts'

/** What one peer may have at work and waiting, and how much this one asks for. */
const [atWork, waiting] = [32, 64]
const flood = 110

let mesh: ServingMesh
let app: AppService
let member: Outsider

beforeAll(async () => {
  ;[mesh, app] = await Promise.all([startServingMesh(), startAppService()])
  const [attic] = mesh.serving
  if (attic === undefined) throw new Error('No node serves.')
  const limits = { concurrentPerPeer: atWork, queue: waiting }
  await valueOf(attic, 'capability.set', { name: 'archive', enabled: true, backend: `http://127.0.0.1:${app.port}`, limits })
  let entrance = mesh.caller
  member = await createOutsider(createAttackers(() => entrance)())
  const proof = await member.enter((await invite(mesh.caller)).secret)
  entrance = attic
  await member.introduce(await member.record(proof))
})
afterAll(async () => {
  await mesh?.stop()
  await app?.stop()
})

describe('a member that asks for everything at once', () => {
  it('is told when to come again, while others are served', async () => {
    const port = mesh.serving[0]?.port ?? 0
    const head = `GET /peer/v1/capabilities/${mesh.mesh}/archive/silent HTTP/1.1\r\nHost: node\r\n\r\n`
    const url = `${mesh.caller.url}/capabilities/any/archive/`
    await eventually('mia would ask attic', async () => (await request(url)).statusCode === 200)
    const talks = Array.from({ length: flood }, () =>
      talk(connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ...member.tls }), head, ['GET'], 6_000),
    )
    await eventually('the program is busy', () => app.waiting() >= atWork, 5_000)
    expect((await request(url)).statusCode).toBe(200)
    const answers = (await Promise.all(talks)).flatMap((one) => one.answers)
    const refused = answers.map((answer) => [
      statusOf(answer),
      headerOf(answer, 'x-fcn-error'),
      Number(headerOf(answer, 'retry-after')) > 0,
    ])
    expect(refused.length).toBeGreaterThanOrEqual(flood - atWork - waiting)
    for (const one of refused) expect([[503, 'busy', true], [429, 'busy', true]]).toContainEqual(one) // prettier-ignore
    await eventually('the program has nothing to do', () => app.waiting() === 0, 3_000)
  })
})
