/**
 * Hubs of the old world that this node syncs to: it posts its mesh.json and takes in what the hub answers, by the rules of
 * a file that somebody imports. A hub is not trusted: it can add legacy peers within their limits, and decides nothing.
 */
import type { SyncHubView } from '../../../contract/hub-sync.ts'
import type { Health, MeshFiles, SettingsStore, SyncHubs } from '../../components.ts'
import { FcnError } from '../../errors.ts'
import { hostOf } from '../../support/authority.ts'
import type { Clock } from '../../support/clock.ts'
import type { Logger } from '../../support/logger.ts'
import { isLoopbackName } from '../../support/loopback.ts'
import type { OwnPlace } from '../../support/own-place.ts'
import { newId } from '../../support/new-id.ts'
import type { Random } from '../../support/random.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import { createEmitter, type Signal } from '../../support/signal.ts'
import { parseLegacyUrl } from '../legacy-url.ts'
import type { SyncClient } from './sync-client.ts'
import type { SyncHubRecord, SyncHubStore } from './sync-hub-store.ts'
import { syncOnce } from './sync-run.ts'
import { dueAt } from './sync-schedule.ts'
import { warnOfFailingHubs } from './sync-warning.ts'

const maxHubs = 8
/** How often people may ask for a sync, per host: 10 at once, 20 more in 15 minutes. */
const budget = { burst: 10, perSecond: 20 / 900, maxKeys: 64 }
/** Longest spread of the first syncs after a start, ms: there is enough to do then. */
const startSpread = 60_000

interface SyncHubsComponents {
  store: SyncHubStore
  client: SyncClient
  meshFiles: MeshFiles
  health: Pick<Health, 'raise' | 'clear'>
  /** With `encryptedPeersOnly` hubs on plain HTTP beyond this computer are not asked. */
  settings: Pick<SettingsStore, 'get' | 'changed'>
  /** Whether this machine has an address beyond loopback; without one no hub elsewhere is asked by the timer. */
  network: { isUp: () => boolean; changed: Signal<unknown>; woke: Signal<unknown> }
  /** Where this node is reached, to notice its own address. */
  own: () => OwnPlace
  clock: Clock
  random: Random
  log: Logger
}

interface Held {
  record: SyncHubRecord
  /** How far its next sync is moved, in [0, 1); fixed until then. */
  spread: number
  /** The hub wants a pause until then, ms since 1970. */
  pausedUntil: number
  /** The timer leaves it alone until then, ms since 1970. */
  quietUntil: number
  run: { done: Promise<void>; abort: AbortController } | null
}

export function createSyncHubs(components: SyncHubsComponents): SyncHubs {
  const { store, health, settings, network, own, clock, random, log } = components
  const hubs = new Map<string, Held>()
  const underWay = new Set<Promise<void>>()
  const changed = createEmitter()
  const limit = createRateLimit(budget, clock)
  let running = false
  let ends: (() => void)[] = []
  let cancel = () => {}

  const hold = (record: SyncHubRecord): Held => ({ record, spread: random.fraction(), pausedUntil: 0, quietUntil: 0, run: null })
  for (const record of store.all()) hubs.set(record.id, hold(record))

  const held = (id: string): Held => {
    const hub = hubs.get(id)
    if (hub === undefined) throw new FcnError('not_found', 'There is no such hub here.')
    return hub
  }

  const isLocal = (url: string) => isLoopbackName(hostOf(new URL(url)))
  const isForbidden = ({ url }: SyncHubRecord) => url.startsWith('http:') && !isLocal(url) && settings.get().encryptedPeersOnly

  /** When it is asked by itself, ms since 1970; null: it is not, or not now. */
  function due({ record, spread, pausedUntil, quietUntil, run }: Held): number | null {
    if (!running || run !== null || isForbidden(record)) return null
    if (!isLocal(record.url) && !network.isUp()) return null
    return dueAt(record, { now: clock.now(), notBefore: Math.max(pausedUntil, quietUntil), spread })
  }

  function viewOf(hub: Held): SyncHubView {
    const { id, url, every, lastOk, problem, failingSince } = hub.record
    const known = isForbidden(hub.record) ? { ...encryptedOnly(url).toFailure(), at: problem?.at ?? hub.record.addedAt } : problem
    return { id, url, every, running: hub.run !== null, lastOk, problem: known, failingSince, nextAt: due(hub) }
  }

  function announce(): void {
    const asked = [...hubs.values()].map(({ record }) => record).filter((record) => !isForbidden(record))
    warnOfFailingHubs(health, asked, clock.now())
    changed.emit()
  }

  /** Keeps how a sync went. On a full disk it is known until the next start only. */
  function note(hub: Held, record: SyncHubRecord): void {
    hub.record = record
    try {
      store.save(record)
    } catch (err) {
      log.error({ err, hub: record.url }, 'How a sync went could not be saved.')
    }
  }

  /** Asks whoever is due, and sets the one timer for the next. */
  function look(): void {
    cancel()
    if (!running) return
    const now = clock.now()
    for (const hub of hubs.values()) if ((due(hub) ?? Infinity) <= now) void begin(hub)
    const next = Math.min(...[...hubs.values()].map((hub) => due(hub) ?? Infinity))
    if (next !== Infinity) cancel = clock.after(Math.max(1_000, next - now), look)
  }

  function begin(hub: Held): Promise<void> {
    const abort = new AbortController()
    const done = sync(hub, abort.signal).finally(() => {
      hub.run = null
      underWay.delete(done)
      announce()
      look()
    })
    hub.run = { done, abort }
    underWay.add(done)
    changed.emit()
    return done
  }

  async function sync(hub: Held, signal: AbortSignal): Promise<void> {
    const outcome = await syncOnce(components, hub.record, signal)
    hub.spread = random.fraction()
    if (outcome === null || hubs.get(hub.record.id) !== hub) return
    hub.pausedUntil = outcome.pausedUntil
    note(hub, outcome.after(hub.record))
  }

  return {
    changed,
    list: () => [...hubs.values()].map(viewOf),

    add({ url: text, token, every }) {
      const url = parseLegacyUrl(text, own())
      if ([...hubs.values()].some(({ record }) => record.url === url)) throw known(url)
      if (hubs.size >= maxHubs)
        throw new FcnError('too_many', `This node syncs to ${maxHubs} hubs already.`, { action: 'Remove one first.' })
      const id = newId(random)
      const fresh = { lastTryAt: null, lastOk: null, problem: null, failures: 0, failingSince: null }
      const hub = hold({ id, url, token, every, addedAt: clock.now(), ...fresh })
      store.save(hub.record)
      hubs.set(id, hub)
      look()
      announce()
      return viewOf(hub)
    },

    set(id, { every, token }) {
      const hub = held(id)
      // with another token it may work at once: what the old one met is over
      const renewed = token === undefined ? {} : { token, lastTryAt: null, problem: null, failures: 0, failingSince: null }
      const record = { ...hub.record, ...(every !== undefined && { every }), ...renewed }
      store.save(record)
      hub.record = record
      look()
      announce()
      return viewOf(hub)
    },

    remove(id) {
      const hub = held(id)
      store.remove(id)
      hubs.delete(id)
      hub.run?.abort.abort(new FcnError('not_found', 'The hub was removed.'))
      look()
      announce()
      return { ...viewOf(hub), running: false, nextAt: null }
    },

    async run(id) {
      const hub = held(id)
      if (!running) throw new FcnError('not_running', 'This node is not running.')
      if (isForbidden(hub.record)) return viewOf(hub)
      if (hub.run === null) {
        const refused = tooSoon(hub)
        if (refused !== null) return { ...viewOf(hub), problem: { ...refused.toFailure(), at: clock.now() } }
      }
      await (hub.run?.done ?? begin(hub))
      return viewOf(hub)
    },

    async start() {
      if (running) return
      running = true
      for (const hub of hubs.values()) hub.quietUntil = clock.now() + hub.spread * startSpread
      const lookAndTell = () => {
        look()
        announce()
      }
      ends = [
        network.changed.subscribe(lookAndTell),
        network.woke.subscribe(lookAndTell),
        settings.changed.subscribe(({ previous, current }) => {
          if (previous.encryptedPeersOnly !== current.encryptedPeersOnly) lookAndTell()
        }),
      ]
      lookAndTell()
    },
    async stop() {
      running = false
      cancel()
      for (const end of ends.splice(0)) end()
      for (const { run } of hubs.values()) run?.abort.abort(new FcnError('not_running', 'This node is stopping.'))
      await Promise.all(underWay)
    },
  }

  /** Why people may not ask the hub again right now; null when they may, which then counts. */
  function tooSoon({ record: { url }, pausedUntil }: Held): FcnError | null {
    const host = hostOf(new URL(url))
    const wanted = Math.max(0, Math.ceil((pausedUntil - clock.now()) / 1000))
    if (wanted === 0 && limit.take(host)) return null
    const retryAfter = Math.max(wanted, limit.retryAfter(host), 1)
    return new FcnError('too_many', `${new URL(url).host} was asked often enough for now.`, {
      action: `Try again in ${retryAfter} seconds.`,
      details: { retryAfter },
    })
  }
}

const known = (url: string) =>
  new FcnError('conflict', `This node syncs to ${url} already.`, { action: 'Change how often, or its token, or remove it first.' })

const encryptedOnly = (url: string) =>
  new FcnError('encrypted_only', `${new URL(url).host} is asked by plain HTTP, which is switched off on this node.`, {
    action: 'Switch “encrypted peers only” off in the settings, or use a hub with https.',
  })
