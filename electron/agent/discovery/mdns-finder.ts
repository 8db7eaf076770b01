/**
 * Finds nodes on the local network and lets them find this one: a link per interface and address family, made anew when
 * addresses change, when it fails (with growing delays), and after sleep. Errors are state here, never thrown.
 */
import type { NodeId, Startable } from '../components.ts'
import type { LocalInterface } from '../network/local-interfaces.ts'
import { backOff } from '../support/back-off.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import type { Announcement } from './announcement.ts'
import { nextAsk } from './ask-schedule.ts'
import type { Family, MdnsLink, MdnsLinkComponents } from './mdns-link.ts'
import type { Sighting } from './sighting.ts'
import { createSightings, type SeenNode } from './sightings.ts'

/** A link is tried again after 1 s at first and a minute at most. */
const retryDelays = { base: 1_000, cap: 60_000 }
/** Cards and tunnels of one machine, times two families. */
const maxLinks = 32
/** A known node at a new place makes this node ask again, at most this often, ms. */
const verifyInterval = 60_000

/** How mDNS works on one interface; the doctor's and the settings page's source. */
export interface LinkState {
  interface: string
  family: Family
  state: 'on' | 'failed'
  problem: string | null
  /** Our own packets came back: sending and hearing work here, as far as this machine can tell. */
  heardSelf: boolean
  heardOthers: boolean
}

export interface MdnsFinder extends Startable {
  readonly changed: Signal<void>
  list(): SeenNode[]
  links(): LinkState[]
  /** Which interfaces there are, or whether and what is to be said, may have changed. */
  refresh(): void
  /** What is to be said of this node may have changed. */
  republish(): void
  /** Everything is made anew: the machine slept, or its network was away. */
  rebuild(): Promise<void>
  /** Says goodbye and closes everything until `rebuild`: the machine is about to sleep. */
  suspend(): Promise<void>
  /** Somebody looks at the list: asks often until told that nobody does. */
  setLooking(looking: boolean): void
}

export type CreateLink = (handlers: Omit<MdnsLinkComponents, 'clock'>, place: { on: LocalInterface; family: Family }) => MdnsLink

interface MdnsFinderComponents {
  id: NodeId
  clock: Clock
  random: Random
  log: Logger
  interfaces: () => LocalInterface[]
  /** Null: be silent. */
  announcement: () => Announcement | null
  /** Whether to look for others at all. */
  mayLook: () => boolean
  createLink: CreateLink
}

interface Held extends LinkState {
  key: string
  on: LocalInterface
  link: MdnsLink | null
  attempts: number
  /** Set while it waits to be tried again. */
  cancelRetry: (() => void) | null
}

export function createMdnsFinder(components: MdnsFinderComponents): MdnsFinder {
  const { id, clock, random, log, interfaces, announcement, mayLook, createLink } = components
  const changed = createEmitter()
  const sightings = createSightings()
  const links = new Map<string, Held>()
  let running = false
  let looking = false
  let said = ''
  let asked = 0
  let verifying = false
  let verifiedAt = -Infinity
  let cancelAsk = () => {}
  let work = Promise.resolve()

  /** One after the other: links are closed before their successors open. */
  const inTurn = (task: () => Promise<void>): Promise<void> => (work = work.then(task))

  const open = (held: Held) => {
    held.cancelRetry = null
    const fail = (error: Error) => onFailure(held, error)
    try {
      held.link = createLink(
        {
          heard: (sighting) => onHeard(held, sighting),
          gone: (instance, source) => {
            if (sightings.gone(instance, { link: held.key, source })) changed.emit()
          },
          sent: (error) => (error === null ? onSent(held) : fail(error)),
          failed: fail,
        },
        held,
      )
    } catch (error) {
      fail(error as Error)
      return
    }
    const words = announcement()
    if (words !== null) held.link.announce(words)
  }

  const onSent = (held: Held) => {
    if (held.state === 'on') return
    Object.assign(held, { state: 'on', problem: null, attempts: 0 })
    changed.emit()
  }

  const onFailure = (held: Held, error: Error) => {
    if (links.get(held.key) !== held || held.cancelRetry !== null) return
    const broken = held.link
    held.link = null
    void inTurn(async () => broken?.close())
    const delay = backOff(held.attempts++, retryDelays, random)
    if (held.attempts === 1) log.info({ error, interface: held.interface, family: held.family }, 'mDNS does not work on an interface.')
    Object.assign(held, { state: 'failed', problem: error.message })
    sightings.closed(held.key)
    changed.emit()
    held.cancelRetry = clock.after(delay, () => {
      void inTurn(async () => {
        if (links.get(held.key) !== held) return
        open(held)
        if (mayLook()) held.link?.ask()
      })
    })
  }

  const onHeard = (held: Held, sighting: Sighting) => {
    if (sighting.id === id) {
      held.heardSelf = true
      return
    }
    held.heardOthers = true
    if (!mayLook()) return
    const { news, moved } = sightings.heard(sighting, { link: held.key, interface: held.interface, at: clock.now() })
    if (news) changed.emit()
    if (moved && clock.monotonic() - verifiedAt > verifyInterval) {
      verifiedAt = clock.monotonic()
      verifying = true
      restartAsking()
    }
  }

  const ask = () => {
    let dropped = false
    for (const held of links.values()) {
      dropped = sightings.asking(held.key) || dropped
      held.link?.ask()
    }
    if (dropped) changed.emit()
    const { delay, hurried } = nextAsk(asked++, { looking, verifying })
    const wait = (ms: number) => void (cancelAsk = clock.after(ms, ask))
    // who has not answered by now is asked again sooner: a lost packet must not look like a node that is gone
    const halfway = (by: number) => void (cancelAsk = clock.after(by, () => (sightings.isWaiting() ? ask() : wait(delay - by))))
    if (hurried === null) wait(delay)
    else halfway(hurried)
  }

  const restartAsking = () => {
    cancelAsk()
    asked = 0
    if (running && links.size > 0 && mayLook()) ask()
  }

  const drop = async (held: Held) => {
    links.delete(held.key)
    held.cancelRetry?.()
    await held.link?.close()
    sightings.closed(held.key)
  }

  /** Brings the links to what the interfaces are now. */
  const reconcile = async () => {
    const wanted = running && (mayLook() || announcement() !== null) ? wantedLinks(interfaces()) : []
    const same = ({ key, on }: Held) => wanted.some((each) => each.key === key && JSON.stringify(each.on) === JSON.stringify(on))
    const leaving = [...links.values()].filter((held) => !same(held))
    const coming = wanted.filter(({ key }) => !links.has(key) || leaving.some((held) => held.key === key))
    await Promise.all(leaving.map(drop))
    for (const held of coming) {
      links.set(held.key, held)
      open(held)
    }
    if (leaving.length + coming.length === 0) return
    changed.emit()
    verifying = false
    restartAsking()
  }

  /** Says what is new of this node on every link. */
  const republish = async () => {
    const words = announcement()
    const text = JSON.stringify(words)
    if (text === said) return
    said = text
    for (const { link } of links.values()) {
      if (link === null) continue
      await link.goodbye()
      if (words !== null) link.announce(words)
    }
  }

  const closeAll = async () => {
    cancelAsk()
    await Promise.all([...links.values()].map(drop))
  }

  const refresh = async () => {
    if (!running) return
    await reconcile()
    await republish()
  }

  return {
    changed,
    list: () => (mayLook() ? sightings.list() : []),
    links: () =>
      [...links.values()].map(({ interface: name, family, state, problem, heardSelf, heardOthers }) => ({
        ...{ interface: name, family, state, problem, heardSelf, heardOthers },
      })),
    refresh: () => void inTurn(refresh),
    republish: () => void inTurn(republish),
    rebuild: () =>
      inTurn(async () => {
        if (!running) return
        await closeAll()
        await refresh()
      }),
    suspend: () => inTurn(closeAll),
    setLooking(next) {
      if (looking === next) return
      looking = next
      verifying = false
      if (next) restartAsking()
    },
    start: () =>
      inTurn(async () => {
        running = true
        said = JSON.stringify(announcement())
        await reconcile()
      }),
    stop: () =>
      inTurn(async () => {
        running = false
        await closeAll()
      }),
  }
}

/** A link for each family that an interface has, on interfaces that carry multicast. */
function wantedLinks(interfaces: readonly LocalInterface[]): Held[] {
  const families = ({ addresses }: LocalInterface) => [...new Set(addresses.map(({ family }) => family))]
  return interfaces
    .filter(({ ignored, multicast }) => !ignored && multicast)
    .flatMap((on) => families(on).map((family) => ({ on, family, key: `${on.name} ${family}`, interface: on.name })))
    .slice(0, maxLinks)
    .map((place) => ({
      ...place,
      ...{ state: 'on', problem: null, heardSelf: false, heardOthers: false, link: null, attempts: 0, cancelRetry: null },
    }))
}
