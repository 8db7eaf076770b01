/**
 * The manager of discovery: who is on the local network, from what announces itself, from scans, and from the address
 * book, as one list by node id. It offers; it never dials and never trusts because something was seen. Members' new
 * addresses go to the transport, which pins their keys.
 */
import type { NetworkView, ScanView } from '../../contract/discovery.ts'
import type { AddressProbe, Discovery, Membership, NodeId, SettingsStore, Transport } from '../components.ts'
import type { LocalInterface } from '../network/local-interfaces.ts'
import type { NetworkWatch } from '../network/network-watch.ts'
import { protocolVersion } from '../protocol/messages.ts'
import { authority } from '../support/authority.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import type { Announcement } from './announcement.ts'
import { type CreateLink, createMdnsFinder } from './mdns-finder.ts'
import { createMdnsLink } from './mdns-link.ts'
import { mergeFinds, type ScanFindAt } from './merge-finds.ts'
import { startSubnetScan, type SubnetScan } from './subnet-scan.ts'

/** A call to look lasts so long, ms. */
const lookTime = 10_000
/** Changes are told this often at most, ms: a flood of sightings is no flood of snapshots. */
const tellWithin = 250
/** Addresses of a member that sightings may add at a time. */
const maxLearnt = 4

interface DiscoveryComponents {
  id: NodeId
  clock: Clock
  random: Random
  log: Logger
  settings: SettingsStore
  network: NetworkWatch
  membership: Pick<Membership, 'isMember' | 'meshes' | 'changed'>
  transport: Pick<Transport, 'addresses' | 'learn'>
  addressProbe: AddressProbe
  /** Null while the node does not listen. */
  port: () => number | null
  /** Address the user chose to listen on; absent: every interface. */
  host: () => string | undefined
  /** Another way to speak on an interface than sockets. */
  createLink?: CreateLink
}

export function createDiscovery(components: DiscoveryComponents): Discovery {
  const { id, clock, log, settings, network, membership, transport, addressProbe, port, host } = components
  const createLink: CreateLink = components.createLink ?? ((handlers, place) => createMdnsLink({ clock, ...handlers }, { ...place, id }))
  const changed = createEmitter()
  let subscriptions: (() => void)[] = []
  let scan: SubnetScan | null = null
  let scanned: ScanFindAt[] = []
  let learnt = new Map<NodeId, string>()
  let cancelTell: (() => void) | null = null
  let cancelLook: (() => void) | null = null

  const reachable = () => listeningInterfaces(network.current(), host())

  const announcement = (): Announcement | null => {
    const { beSeen, tellMeshNames, name } = settings.get()
    const listening = port()
    if (!beSeen || listening === null) return null
    const meshes = membership.meshes()
    const told = tellMeshNames ? meshes.map((mesh) => mesh.name) : []
    return { id, name, port: listening, protocols: [protocolVersion], meshes: told, isNew: meshes.length === 0 }
  }

  const finder = createMdnsFinder({
    ...components,
    interfaces: reachable,
    announcement,
    mayLook: () => settings.get().lookAround,
    createLink,
  })

  const tell = () => {
    cancelTell ??= clock.after(tellWithin, () => {
      cancelTell = null
      changed.emit()
    })
  }

  /** Members are told apart by their keys when they are dialled, so a wrong address costs one try. */
  const learn = () => {
    const now = new Map<NodeId, string>()
    for (const node of finder.list()) {
      if (!membership.isMember(node.id)) continue
      const urls = node.places.flatMap(({ addresses, port: at }) => addresses.map((address) => `https://${authority(address, at)}`))
      const key = urls.toSorted().join(' ')
      now.set(node.id, key)
      if (learnt.get(node.id) !== key) transport.learn(node.id, urls.slice(0, maxLearnt), 'lan', true)
    }
    learnt = now
  }

  const onFinder = () => {
    learn()
    tell()
  }

  const networkView = (): NetworkView => {
    const links = finder.links()
    return {
      interfaces: network.current().map(({ name, kind, label, ignored, multicast, addresses }) => {
        const own = links.filter((link) => link.interface === name)
        const works = own.some(({ state }) => state === 'on')
        return {
          ...{ name, kind, label, ignored, addresses: addresses.map(({ address }) => address) },
          discovery: !multicast ? 'none' : own.length === 0 ? 'off' : works ? 'on' : 'failed',
          problem: works ? null : (own[0]?.problem ?? null),
          heard: own.some(({ heardOthers }) => heardOthers) ? 'others' : own.some(({ heardSelf }) => heardSelf) ? 'self' : 'nobody',
        }
      }),
      looking: cancelLook !== null,
      scan: scan?.view() ?? null,
    }
  }

  const beginScan = (): ScanView => {
    if (scan?.view().state === 'running') return scan.view()
    scanned = []
    scan = startSubnetScan(
      {
        ...{ clock, log, addressProbe, progress: tell },
        found: (find) => {
          scanned = [...scanned, { ...find, at: clock.now() }]
          tell()
        },
      },
      { interfaces: reachable() },
    )
    tell()
    return scan.view()
  }

  return {
    changed,
    network: networkView,
    list: () => {
      const labels = new Map(network.current().map(({ name, label }) => [name, label]))
      return mergeFinds(finder.list(), scanned, {
        isMember: (node) => membership.isMember(node),
        addresses: transport.addresses,
        label: (name) => labels.get(name) ?? null,
      })
    },
    look() {
      cancelLook?.()
      cancelLook = clock.after(lookTime, () => {
        cancelLook = null
        finder.setLooking(false)
        tell()
      })
      finder.setLooking(true)
      tell()
    },
    scan: beginScan,
    cancelScan: () => scan?.cancel(),
    suspend: finder.suspend,
    resume: finder.rebuild,
    async start() {
      if (subscriptions.length > 0) return
      subscriptions = [
        finder.changed.subscribe(onFinder),
        network.changed.subscribe(finder.refresh),
        network.changed.subscribe(tell),
        network.woke.subscribe(() => void finder.rebuild()),
        settings.changed.subscribe(network.check),
        settings.changed.subscribe(finder.refresh),
        membership.changed.subscribe(finder.republish),
        membership.changed.subscribe(learn),
      ]
      await finder.start()
    },
    async stop() {
      for (const unsubscribe of subscriptions) unsubscribe()
      subscriptions = []
      cancelTell?.()
      cancelLook?.()
      cancelTell = cancelLook = null
      scan?.cancel()
      await scan?.ended
      await finder.stop()
    },
  }
}

/**
 * Where this node can be reached: with a chosen address only there, so that no other one is told; a node that only this
 * computer reaches neither speaks nor listens nor scans.
 */
function listeningInterfaces(interfaces: readonly LocalInterface[], host: string | undefined): LocalInterface[] {
  if (host === undefined || host === '0.0.0.0' || host === '::') return [...interfaces]
  return interfaces
    .map((each) => ({ ...each, addresses: each.addresses.filter(({ address }) => address === host) }))
    .filter(({ addresses }) => addresses.length > 0)
}
