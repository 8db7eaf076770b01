/**
 * Watches for a network that answers in place of others until one has signed in: hotels, trains, guests' Wi-Fi. It looks
 * when the network changes and when a peer could not be reached, while no peer can be: with one that is reached there is
 * nothing to look for. It asks nobody but the addresses of peers and the system itself.
 */
import type { Member, NodeId, Startable, Transport } from '../components.ts'
import { backOff } from '../support/back-off.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { type FoundThere, judgePortal, type PlaceProbe, type Portal, type SystemWord } from './portal.ts'

/** From a change of the network, or the first failure, to the look, ms: addresses and routes come one by one. */
const settleTime = 2_000
/** Pause between two looks while there is a portal, ms: a person who has signed in waits for it. */
const whileThere = 5_000
/** Pause after a look that found none, ms, doubled each time while peers stay away. */
const notThere = { base: 10_000, cap: 10 * 60_000 }
/** Peers whose address is looked at. */
const maxAsked = 4

interface PortalWatchComponents {
  clock: Clock
  random: Random
  /** The network has changed, or the machine woke up. */
  network: { changed: Signal<void>; woke: Signal<number> }
  /** Addresses under which other machines could reach this one now. */
  addresses: () => readonly string[]
  membership: { members(): Pick<Member, 'nodeId' | 'state' | 'lastSeen'>[]; changed: Signal<void> }
  transport: Pick<Transport, 'contact' | 'addresses'>
  places: PlaceProbe
  system: () => Promise<SystemWord>
}

/** Knows whether such a network stands between this node and all its peers. Asks nobody but peers' addresses and the system. */
export interface PortalWatch extends Startable {
  readonly changed: Signal<void>
  current(): Portal | null
  /** Looks at once, for a person who wants to know; who asks while a look is under way gets the same answer. */
  look(): Promise<Portal | null>
}

export function createPortalWatch(components: PortalWatchComponents): PortalWatch {
  const { clock, random, network, addresses, membership, transport, places, system } = components
  const changed = createEmitter()
  let portal: Portal | null = null
  let fruitless = 0
  let notBefore = -Infinity
  let cancel: (() => void) | null = null
  let underWay: Promise<Portal | null> | null = null
  let stopped: AbortController | null = null
  let ends: (() => void)[] = []

  const isReached = () => membership.members().some(({ state }) => state === 'online')

  function set(found: Portal | null): void {
    const isNews = found?.page !== portal?.page
    portal = found
    if (isNews) changed.emit()
  }

  function lookIn(delay: number): void {
    cancel?.()
    cancel = clock.after(delay, () => {
      cancel = null
      void look()
    })
  }

  async function find(signal: AbortSignal): Promise<Portal | null> {
    if (addresses().length === 0 || isReached()) return null
    const ask = async ({ node, url }: { node: NodeId; url: string }): Promise<FoundThere> => ({
      url,
      ...(await places.ask(node, url, signal)),
    })
    const [word, answers] = await Promise.all([system(), Promise.all(placesToAsk(membership.members(), transport).map(ask))])
    return addresses().length === 0 || isReached() ? null : judgePortal(answers, word)
  }

  async function lookNow({ signal }: AbortController): Promise<Portal | null> {
    const found = await find(signal)
    if (signal.aborted) return portal
    set(found)
    fruitless = found === null ? fruitless + 1 : 0
    notBefore = clock.monotonic() + (found === null ? backOff(fruitless - 1, notThere, random) : whileThere)
    if (found !== null) lookIn(whileThere)
    return found
  }

  function look(): Promise<Portal | null> {
    if (stopped === null) return Promise.resolve(portal)
    cancel?.()
    cancel = null
    underWay ??= lookNow(stopped).finally(() => (underWay = null))
    return underWay
  }

  function onNetwork(): void {
    fruitless = 0
    lookIn(settleTime)
  }

  function onContact({ ok }: { ok: boolean }): void {
    if (ok) reached()
    else if (cancel === null && underWay === null && !isReached()) lookIn(Math.max(settleTime, notBefore - clock.monotonic()))
  }

  function reached(): void {
    if (portal === null || !isReached()) return
    cancel?.()
    cancel = null
    set(null)
  }

  return {
    changed,
    current: () => portal,
    look,
    async start() {
      if (stopped !== null) return
      stopped = new AbortController()
      ends = [
        network.changed.subscribe(onNetwork),
        network.woke.subscribe(onNetwork),
        transport.contact.subscribe(onContact),
        membership.changed.subscribe(reached),
      ]
      lookIn(settleTime)
    },
    async stop() {
      for (const end of ends.splice(0)) end()
      cancel?.()
      cancel = null
      stopped?.abort(new Error('The node stops.'))
      stopped = null
      await underWay
    },
  }
}

/** The peers seen last, each at the address that answered last. */
function placesToAsk(
  members: ReturnType<PortalWatchComponents['membership']['members']>,
  transport: Pick<Transport, 'addresses'>,
): { node: NodeId; url: string }[] {
  const present = members.filter(({ state }) => state === 'offline' || state === 'suspect')
  const seen = new Map(present.toSorted((a, b) => (b.lastSeen ?? 0) - (a.lastSeen ?? 0)).map(({ nodeId }) => [nodeId, nodeId]))
  return [...seen.keys()]
    .flatMap((node) => {
      const best = transport.addresses(node).toSorted((a, b) => (b.lastOk ?? 0) - (a.lastOk ?? 0))[0]
      return best === undefined ? [] : [{ node, url: best.url }]
    })
    .slice(0, maxAsked)
}
