import { describe, expect, it } from 'vitest'
import type { Announcement } from '../../../../electron/agent/discovery/announcement.ts'
import { createMdnsFinder } from '../../../../electron/agent/discovery/mdns-finder.ts'
import { readSighting, type Sighting } from '../../../../electron/agent/discovery/sighting.ts'
import type { LocalInterface } from '../../../../electron/agent/network/local-interfaces.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { createMemoryLinks } from '../../../fakes/memory-link.ts'
import { announcementOf, heardOf, lan, testIds } from '../../../fixtures/heard.ts'

const [ownId, otherId] = testIds
const card = (name: string, more: Partial<LocalInterface> = {}): LocalInterface => ({
  ...{ name, scope: name, kind: 'wired', label: 'Ethernet', multicast: true, ignored: false },
  addresses: [{ address: '192.168.1.20', family: 'IPv4', prefix: 24 }],
  ...more,
})
const other = readSighting(heardOf(announcementOf({ id: otherId, name: 'mia' })), lan) as Sighting
const own = readSighting(heardOf(announcementOf({ id: ownId }), { from: '192.168.1.20' }), lan) as Sighting

async function finding() {
  const clock = createFakeClock()
  const network = createMemoryLinks()
  const world = { interfaces: [card('eth0')], said: announcementOf() as Announcement | null, mayLook: true, changes: 0 }
  const finder = createMdnsFinder({
    ...{ id: ownId, clock, random: createFakeRandom(), log: createKeptLog(), createLink: network.createLink },
    interfaces: () => world.interfaces,
    announcement: () => world.said,
    mayLook: () => world.mayLook,
  })
  finder.changed.subscribe(() => void (world.changes += 1))
  await finder.start()
  return { clock, network, world, finder }
}

describe('the mDNS finder', () => {
  it('has a link per family on each interface that carries multicast and is not left out', async () => {
    const { network, world, finder, clock } = await finding()
    world.interfaces = [card('eth0', lan), card('wg0', { multicast: false }), card('docker0', { ignored: true })]
    finder.refresh()
    await clock.advance(0)
    expect(network.open().map(({ name, said }) => [name, said?.id])).toEqual([
      ['eth0 IPv4', ownId],
      ['eth0 IPv6', ownId],
    ])
  })

  it('lists others, not itself, and notes that its own words came back', async () => {
    const { network, finder } = await finding()
    network.links[0]?.handlers.heard(own)
    expect(finder.links()).toMatchObject([{ state: 'on', heardSelf: true, heardOthers: false }])
    network.links[0]?.handlers.heard(other)
    expect(finder.list().map(({ name }) => name)).toEqual(['mia'])
    network.links[0]?.handlers.gone(other.instance, other.source)
    expect(finder.list()).toEqual([])
  })

  it('makes a link anew when its addresses change, and what was seen there is seen again or gone', async () => {
    const { network, world, finder, clock } = await finding()
    network.links[0]?.handlers.heard(other)
    finder.refresh()
    await clock.advance(0)
    expect(network.links).toHaveLength(1)
    world.interfaces = [card('eth0', { addresses: [{ address: '192.168.1.99', family: 'IPv4', prefix: 24 }] })]
    finder.refresh()
    await clock.advance(0)
    expect(network.links.map(({ open, goodbyes }) => [open, goodbyes])).toEqual([
      [false, 1],
      [true, 0],
    ])
    expect(finder.list()).toEqual([])
  })

  it('takes back and says again what has changed of this node', async () => {
    const { network, world, finder, clock } = await finding()
    world.said = announcementOf({ name: 'cellar' })
    finder.republish()
    finder.republish()
    await clock.advance(0)
    expect(network.links[0]).toMatchObject({ said: { name: 'cellar' }, goodbyes: 1 })
  })

  it('is silent and still looks when nobody is to see it; closes everything when it is not to look either', async () => {
    const { network, world, finder, clock } = await finding()
    world.said = null
    finder.refresh()
    await clock.advance(0)
    expect(network.links[0]).toMatchObject({ said: null, goodbyes: 1, open: true })
    world.mayLook = false
    finder.refresh()
    await clock.advance(0)
    expect(network.open()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('tries a link that failed again, with growing delays, and says meanwhile what is wrong', async () => {
    const { network, finder, clock } = await finding()
    network.links[0]?.handlers.heard(other)
    network.refuse(true)
    network.links[0]?.handlers.failed(new Error('send EHOSTUNREACH 224.0.0.251:5353'))
    expect(finder.links()).toMatchObject([{ state: 'failed', problem: 'send EHOSTUNREACH 224.0.0.251:5353' }])
    expect(finder.list()).toEqual([])
    await clock.advance(10 * 60_000)
    expect(finder.links()).toMatchObject([{ state: 'failed', problem: 'bind EADDRINUSE 0.0.0.0:5353' }])
    network.refuse(false)
    await clock.advance(60_000)
    expect(finder.links()).toMatchObject([{ state: 'on', problem: null }])
    expect(network.open()).toMatchObject([{ said: { id: ownId }, asked: 1 }])
  })

  it('makes at most a hundred tries an hour of a link that always fails', async () => {
    const { network, clock, world, finder } = await finding()
    let tries = 0
    const failing = createMdnsFinder({
      ...{ id: ownId, clock, random: createFakeRandom(), log: createKeptLog() },
      ...{ interfaces: () => world.interfaces, announcement: () => world.said, mayLook: () => true },
      createLink: () => {
        tries += 1
        throw new Error('no')
      },
    })
    await finder.stop()
    await failing.start()
    await clock.advance(3_600_000)
    expect(tries).toBeGreaterThan(50)
    expect(tries).toBeLessThanOrEqual(130)
    await failing.stop()
    expect(network.open()).toEqual([])
  })

  it('asks at growing intervals, often while somebody looks, and drops then who does not answer within five seconds', async () => {
    const { network, finder, clock } = await finding()
    const link = network.links[0]
    await clock.advance(60_000)
    expect(link?.asked).toBe(5)
    link?.handlers.heard(other)
    finder.setLooking(true)
    await clock.advance(4_200)
    expect(finder.list()).toEqual([])
    expect(link?.asked).toBeLessThanOrEqual(15)
    finder.setLooking(false)
    await clock.advance(3_600_000)
    expect(link?.asked).toBeLessThan(20)
  })

  it('asks again when a known node speaks from a new place, but not for every such word', async () => {
    const { network, finder, clock } = await finding()
    const link = network.links[0]
    link?.handlers.heard(other)
    await clock.advance(60_000)
    const before = link?.asked ?? 0
    for (let index = 0; index < 100; index += 1) link?.handlers.heard({ ...other, source: `192.168.1.${100 + index}` })
    await clock.advance(10_000)
    expect((link?.asked ?? 0) - before).toBeLessThanOrEqual(11)
    expect(finder.list()).toEqual([])
  })

  it('asks sooner again only while a known place has not answered', async () => {
    const { network, finder, clock } = await finding()
    const link = network.links[0]
    finder.setLooking(true)
    const askedIn = async (ms: number, answering: boolean) => {
      const before = link?.asked ?? 0
      for (let passed = 0; passed < ms; passed += 25) {
        const asked = link?.asked
        await clock.advance(25)
        if (answering && link?.asked !== asked) link?.handlers.heard(other)
      }
      return (link?.asked ?? 0) - before
    }
    link?.handlers.heard(other)
    expect(await askedIn(7_500, true)).toBeLessThanOrEqual(11)
    expect(await askedIn(2_000, false)).toBeGreaterThanOrEqual(4)
    expect(finder.list()).toHaveLength(1)
    await askedIn(4_000, false)
    expect(finder.list()).toEqual([])
    expect(await askedIn(7_500, false)).toBe(10) // nobody is missed any more
  })

  it('says goodbye before sleep and makes everything anew after it', async () => {
    const { network, finder, clock } = await finding()
    await finder.suspend()
    expect(network.links[0]).toMatchObject({ goodbyes: 1, open: false })
    expect(clock.pending).toBe(0)
    await finder.rebuild()
    expect(network.open()).toMatchObject([{ said: { id: ownId }, asked: 1 }])
  })

  it('does nothing at all without a network', async () => {
    const { network, world, finder, clock } = await finding()
    world.interfaces = []
    finder.refresh()
    await clock.advance(0)
    expect(network.open()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('says goodbye when it stops, and nothing happens afterwards', async () => {
    const { network, finder, clock } = await finding()
    await finder.stop()
    await finder.stop()
    finder.refresh()
    finder.setLooking(true)
    await clock.advance(10_000)
    expect(network.links).toHaveLength(1)
    expect(network.links[0]).toMatchObject({ goodbyes: 1, open: false })
    expect(clock.pending).toBe(0)
  })
})
