import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openHome, openServer, whyNoHomes } from './home.ts'
import { foundHub, type Internet, letInByInvite, openInternet, untilOnline, untilPath } from './internet.ts'
import { skipped } from './lab.ts'
import { letIn } from './let-in.ts'
import type { Resident } from './resident.ts'
import { took } from './took.ts'

const missing = whyNoHomes()
const mebibyte = 1024 * 1024
/** The router of the second home forgets silent connections, s. */
const forgetsAfter = 20

/** Both homes have the same addresses, as homes have: another node may be where a peer is said to be. */
describe.skipIf(missing !== null)(`a hub for two homes behind different NATs${skipped(missing)}`, () => {
  let internet: Internet
  let hub: Resident
  let ana: Resident
  let ben: Resident
  let cleo: Resident

  beforeAll(async () => {
    internet = await openInternet()
    const { lab, settle } = internet
    const one = await openHome(lab, 'one', { addresses: '192.168.1', outside: '203.0.113.11', ports: 'kept' })
    const two = await openHome(lab, 'two', { addresses: '192.168.1', outside: '203.0.113.12', ports: 'random', forgetsAfter })
    const hosts = [
      await openServer(lab, 'hub', '203.0.113.1'),
      await one.member('ana', 20),
      await one.member('ben', 21),
      await two.member('cleo', 20),
    ]
    ;[hub, ana, ben, cleo] = (await settle(hosts)) as [Resident, Resident, Resident, Resident]
  })
  afterAll(() => internet?.[Symbol.asyncDispose]())

  it('lets them in by its URL and by invite, and each sees all others online', async () => {
    await foundHub(hub, 'Maple Street')
    await letIn(hub.node, ana.node, 'http://203.0.113.1:3000')
    await letInByInvite(hub, [ben, cleo])
    await took('all four are online for each other', () => untilOnline([hub, ana, ben, cleo]))
    expect(await hub.call('mesh.list')).toMatchObject([{ name: 'Maple Street', members: 4, online: 4 }])
  })

  it('relays between the homes, while those in one home and the hub are reached directly', async () => {
    const relayed = [untilPath(ana, cleo, 'relayed'), untilPath(cleo, ana, 'relayed'), untilPath(ben, cleo, 'relayed')]
    expect(await Promise.all(relayed)).toEqual(['hub', 'hub', 'hub'])
    const direct = [untilPath(ana, ben, 'direct'), untilPath(ben, ana, 'direct'), untilPath(cleo, hub, 'direct')]
    expect(await Promise.all(direct)).toEqual([null, null, null])
    const why = (await ana.peer('cleo'))?.path
    expect(why).toMatchObject({ kind: 'relayed', whyNotDirect: { code: expect.any(String) as string } })
  })

  it('carries requests for a service of one to a program of another, 64 MiB each way with every byte in place', async () => {
    const { port } = await cleo.hand.echo()
    await cleo.fcn('share', 'echo', String(port))
    await eventually('ana knows of the service', async () => (await ana.use('cleo', 'echo', '/')).status === 200)
    const up = await ana.use('cleo', 'echo', '/upload', { method: 'POST', upload: 64 * mebibyte, limit: 40_000 })
    expect(up).toMatchObject({ status: 200, error: null })
    expect(JSON.parse(up.text)).toMatchObject({ bytes: 64 * mebibyte, sha256: up.sentSha256 })
    const down = await ana.use('cleo', 'echo', `/bytes/${64 * mebibyte}`, { limit: 40_000 })
    expect(down).toMatchObject({ status: 200, error: null, bytes: 64 * mebibyte, sha256: (await cleo.hand.echo()).lastSha256 })
    expect((await ana.peer('cleo'))?.path?.kind).toBe('relayed')
    expect((await hub.call('hub.list'))[0]?.bytesThisMonth).toBeGreaterThan(128 * mebibyte)
    process.stdout.write(`64 MiB through the hub: ${up.ms.toFixed(0)} ms there, ${down.ms.toFixed(0)} ms back\n`)
  })

  it(`still answers at once after 45 s of silence, although a router forgets connections after ${forgetsAfter} s`, async () => {
    const before = await ana.peer('cleo')
    await delay(45_000)
    for (const [from, to] of [
      [ana, 'cleo'],
      [ben, 'cleo'],
    ] as const) {
      const answer = await from.use(to, 'echo', '/bytes/1000')
      process.stdout.write(`after 45 s of silence ${from.name} has an answer of ${to} after ${answer.ms.toFixed(0)} ms\n`)
      expect(answer).toMatchObject({ status: 200, error: null, bytes: 1000 })
      expect(answer.ms).toBeLessThan(2_000)
    }
    expect((await ana.peer('cleo'))?.path).toMatchObject({
      kind: 'relayed',
      hub: before?.path?.kind === 'relayed' ? before.path.hub : null,
    })
  }, 80_000)
})
