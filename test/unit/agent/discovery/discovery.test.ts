import { afterEach, describe, expect, it } from 'vitest'
import type { AddressProbe } from '../../../../electron/agent/components.ts'
import { createDiscovery } from '../../../../electron/agent/discovery/discovery.ts'
import { readSighting, type Sighting } from '../../../../electron/agent/discovery/sighting.ts'
import type { LocalInterface } from '../../../../electron/agent/network/local-interfaces.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { createMemoryLinks } from '../../../fakes/memory-link.ts'
import { createMemorySettings } from '../../../fakes/memory-settings.ts'
import { announcementOf, heardOf, lan, testIds } from '../../../fixtures/heard.ts'

const [ownId, otherId] = testIds
const eth0: LocalInterface = {
  ...{ name: 'eth0', scope: 'eth0', kind: 'wired', label: 'Ethernet', multicast: true, ignored: false },
  addresses: [{ address: '192.168.1.20', family: 'IPv4', prefix: 24 }],
}
const heardFrom = (from: string, more: object = {}) =>
  readSighting(heardOf(announcementOf({ id: otherId, name: 'mia', ...more }), { from }), lan) as Sighting

let stop = async () => {}
afterEach(() => stop())

async function discovering({ host }: { host?: string } = {}) {
  const clock = createFakeClock()
  const links = createMemoryLinks()
  const settings = createMemorySettings({ name: 'attic' })
  const world = {
    members: [] as string[],
    meshes: [] as MeshView[],
    learnt: [] as [string, string[], string, boolean | undefined][],
    changes: 0,
  }
  const membershipChanged = createEmitter()
  const discovery = createDiscovery({
    ...{ id: ownId, clock, random: createFakeRandom(), log: createKeptLog(), settings, createLink: links.createLink },
    network: {
      current: () => [eth0],
      changed: createEmitter(),
      woke: createEmitter<number>(),
      check: () => {},
      start: async () => {},
      stop: async () => {},
    },
    membership: { isMember: (id) => world.members.includes(id), meshes: () => world.meshes, changed: membershipChanged },
    transport: {
      addresses: () => [],
      learn: (node, urls, via, replace) => void world.learnt.push([node, urls, via, replace]),
    },
    addressProbe: {} as AddressProbe,
    port: () => 3000,
    host: () => host,
  })
  discovery.changed.subscribe(() => void (world.changes += 1))
  await discovery.start()
  stop = () => discovery.stop()
  const hear = (sighting: Sighting) => links.open()[0]?.handlers.heard(sighting)
  return { clock, links, settings, world, discovery, hear, membershipChanged }
}

const mesh = { id: 'M', name: 'Maple Street' } as MeshView

describe('discovery', () => {
  it('announces the node by name, without its meshes unless the user allows it', async () => {
    const { links, settings, world, membershipChanged, clock } = await discovering()
    expect(links.open()[0]?.said).toMatchObject({ id: ownId, name: 'attic', port: 3000, meshes: [], isNew: true })
    world.meshes = [mesh]
    membershipChanged.emit()
    await clock.advance(0)
    expect(links.open()[0]?.said).toMatchObject({ meshes: [], isNew: false })
    settings.update({ tellMeshNames: true })
    await clock.advance(0)
    expect(links.open()[0]?.said).toMatchObject({ meshes: ['Maple Street'] })
    settings.update({ beSeen: false })
    await clock.advance(0)
    expect(links.open()[0]?.said).toBeNull()
  })

  it('is silent and deaf on a node that only this computer reaches', async () => {
    const { links } = await discovering({ host: '127.0.0.1' })
    expect(links.links).toEqual([])
  })

  it('speaks only where a chosen address is', async () => {
    expect((await discovering({ host: '192.168.1.20' })).links.open()).toHaveLength(1)
    await stop()
    expect((await discovering({ host: '10.0.0.9' })).links.open()).toEqual([])
  })

  it('teaches the transport where members are, and of nobody else', async () => {
    const { hear, world, membershipChanged } = await discovering()
    hear(heardFrom('192.168.1.57'))
    expect(world.learnt).toEqual([])
    world.members = [otherId]
    membershipChanged.emit()
    hear(heardFrom('192.168.1.57'))
    expect(world.learnt).toEqual([[otherId, ['https://192.168.1.57:3000'], 'lan', true]])
  })

  it('teaches only a few addresses of one member at a time, whatever is sent in its name', async () => {
    const { hear, world } = await discovering()
    world.members = [otherId]
    for (let last = 30; last < 90; last += 1) hear(heardFrom(`192.168.1.${last}`))
    expect(Math.max(...world.learnt.map(([, urls]) => urls.length))).toBeLessThanOrEqual(4)
    expect(world.learnt.every(([, , , replace]) => replace)).toBe(true)
  })

  it('tells a flood of changes four times a second at most', async () => {
    const { hear, world, clock } = await discovering()
    for (let step = 0; step < 100; step += 1) {
      hear(heardFrom('192.168.1.57', { name: `mia ${step}` }))
      await clock.advance(10)
    }
    expect(world.changes).toBeLessThanOrEqual(4)
  })

  it('asks often for ten seconds after somebody looked', async () => {
    const { discovery, clock, links } = await discovering()
    await clock.advance(60_000)
    discovery.look()
    expect(discovery.network().looking).toBe(true)
    const before = links.open()[0]?.asked ?? 0
    await clock.advance(10_000)
    expect((links.open()[0]?.asked ?? 0) - before).toBeGreaterThan(10)
    expect(discovery.network().looking).toBe(false)
    await clock.advance(3_000_000)
    expect((links.open()[0]?.asked ?? 0) - before).toBeLessThan(18)
  })

  it('shows each interface with what works there', async () => {
    const { discovery, hear, links } = await discovering()
    hear(heardFrom('192.168.1.57'))
    expect(discovery.network().interfaces).toMatchObject([{ name: 'eth0', discovery: 'on', heard: 'others', problem: null }])
    expect(discovery.list()).toMatchObject([
      { name: 'mia', relation: 'new', found: [{ via: 'lan', interface: 'eth0', label: 'Ethernet' }] },
    ])
    links.open()[0]?.handlers.failed(new Error('send EPERM'))
    expect(discovery.network().interfaces).toMatchObject([{ discovery: 'failed', problem: 'send EPERM' }])
  })

  it('forgets what it heard when it is told not to look', async () => {
    const { discovery, hear, settings } = await discovering()
    hear(heardFrom('192.168.1.57'))
    settings.update({ lookAround: false })
    expect(discovery.list()).toEqual([])
  })
})
