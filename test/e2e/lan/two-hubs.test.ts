import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openHome, openServer, whyNoHomes } from './home.ts'
import { foundHub, type Internet, letInByInvite, openInternet, relayHere, untilOnline, untilPath } from './internet.ts'
import { skipped } from './lab.ts'
import type { Resident } from './resident.ts'
import { took } from './took.ts'

const missing = whyNoHomes()
/** Longer than any of these takes; what is cut off by it has hung, ms. */
const patience = 30_000

describe.skipIf(missing !== null)(`two hubs for two homes${skipped(missing)}`, () => {
  let internet: Internet
  let hubs: [Resident, Resident]
  let ana: Resident
  let cleo: Resident

  beforeAll(async () => {
    internet = await openInternet()
    const { lab, settle } = internet
    const one = await openHome(lab, 'one', { addresses: '192.168.1', outside: '203.0.113.11', ports: 'random' })
    const two = await openHome(lab, 'two', { addresses: '192.168.2', outside: '203.0.113.12', ports: 'random' })
    const hosts = [await openServer(lab, 'vps', '203.0.113.1'), await openServer(lab, 'friend', '203.0.113.2'), await one.member('ana', 20)]
    const [vps, friend, ...others] = await settle([...hosts, await two.member('cleo', 20)])
    hubs = [vps, friend] as [Resident, Resident]
    ;[ana, cleo] = others as [Resident, Resident]
  })
  afterAll(() => internet?.[Symbol.asyncDispose]())

  const tunnelsUp = async (from: Resident) =>
    (await from.call('tunnel.list')).flatMap(({ name, state }) => (state === 'up' ? [name] : [])).toSorted()
  const allTunnels = () =>
    eventually(
      'both are attached to both hubs',
      async () => String([await tunnelsUp(ana), await tunnelsUp(cleo)]) === 'friend,vps,friend,vps',
      40_000,
    )
  const works = async () => (await ana.use('cleo', 'echo', '/bytes/1000', { limit: 5_000 })).bytes === 1000
  /** The hub that carries what ana asks cleo for, and the other one. */
  const inUse = async (): Promise<[Resident, Resident]> => {
    const name = await untilPath(ana, cleo, 'relayed')
    return hubs[0].name === name ? hubs : (hubs.toReversed() as [Resident, Resident])
  }

  it('keep each member attached to both', async () => {
    await foundHub(hubs[0], 'Maple Street')
    await letInByInvite(hubs[0], [hubs[1]], 'admin')
    await relayHere(hubs[1])
    await letInByInvite(hubs[1], [ana, cleo])
    await untilOnline([...hubs, ana, cleo])
    await allTunnels()
    const { port } = await cleo.hand.echo()
    await cleo.fcn('share', 'echo', String(port))
    await eventually('ana uses the service', works)
    expect(await inUse()).toHaveLength(2)
  })

  it('stand in for each other: when one is killed requests under way fail at once, and later ones succeed within five seconds', async () => {
    const [carrier, spare] = await inUse()
    const { requests } = await cleo.hand.echo()
    const underWay = ana.use('cleo', 'echo', '/drip', { limit: patience })
    await eventually('it is under way', async () => (await cleo.hand.echo()).requests > requests)
    await delay(300)
    await carrier.node.end('SIGKILL')
    const killed = performance.now()
    const failing = underWay.then((result) => ({ ...result, after: performance.now() - killed }))
    await took(`${spare.name} carries requests after ${carrier.name} was killed`, works)
    expect(performance.now() - killed).toBeLessThan(5_000)
    const { status, error, bytes, after } = await failing
    process.stdout.write(`what was under way ended ${after.toFixed(0)} ms after the kill: ${status} ${error}, ${bytes} bytes\n`)
    expect({ status, cut: error !== null && error !== 'TimeoutError', some: bytes > 0 }).toEqual({
      status: 200,
      cut: true,
      some: true,
    })
    expect(after).toBeLessThan(5_000)
    expect(await untilPath(ana, cleo, 'relayed')).toBe(spare.name)
  })

  it('are missed when both are gone, and everything is back after both are', async () => {
    const left = hubs.find(({ node }) => node.running) as Resident
    await left.node.end('SIGKILL')
    const killed = performance.now()
    const refused = await ana.use('cleo', 'echo', '/bytes/1000', { limit: patience })
    process.stdout.write(`without a hub a request is refused after ${refused.ms.toFixed(0)} ms: ${refused.status} ${refused.text}\n`)
    expect(refused.status).toBeGreaterThanOrEqual(500)
    expect(JSON.parse(refused.text)).toMatchObject({ code: expect.any(String) as string, message: expect.any(String) as string })
    await took('cleo is offline for ana', async () => (await ana.peer('cleo'))?.state === 'offline', patience)
    process.stdout.write(`that is ${(performance.now() - killed).toFixed(0)} ms after the kill\n`)
    await Promise.all(hubs.map((hub) => hub.restart()))
    await took('requests work again after both hubs have started', works, 60_000)
    await took('all are online', () => untilOnline([...hubs, ana, cleo], 60_000))
  }, 150_000)

  it('tell the members when one of them has got another address', async () => {
    await allTunnels()
    const [carrier, witness] = await inUse()
    const [last] = carrier === hubs[0] ? [1] : [2]
    const { host } = carrier
    await host.ip('addr', 'add', `203.0.113.10${last}/24`, 'dev', 'eth0')
    await host.ip('addr', 'del', `203.0.113.${last}/24`, 'dev', 'eth0')
    await host.ip('addr', 'replace', `203.0.113.10${last}/24`, 'dev', 'eth0')
    await host.ip('route', 'replace', 'default', 'dev', 'eth0')
    // a hub that is silently gone is noticed by the pings of the tunnel: every 15 s, with 5 s for the answer
    expect(await took(`requests go through ${witness.name} meanwhile`, works, 40_000)).toBeLessThan(27_000)
    await took(
      `ana knows the new address of ${carrier.name}`,
      async () => (await ana.peer(carrier.name))?.addresses.some(({ url }) => url.includes(`203.0.113.10${last}`)) === true,
      60_000,
    )
    expect(await untilPath(ana, cleo, 'relayed')).toBe(witness.name)
    await took('both are attached to both hubs again', allTunnels, 40_000)
  }, 150_000)
})
