/**
 * Old nodes (Router API v0.1): remembered across restarts, asked gently (poll-schedule.ts), never trusted. Their
 * messages are neither encrypted nor authenticated, so what they say is shown and believed by nobody.
 */
import type { PeerView } from '../../contract/snapshot.ts'
import type { Health, LegacyPeers, SelfDescription } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import { type OwnPlace, parseLegacyUrl } from './address-rules.ts'
import type { LegacyClient } from './legacy-client.ts'
import { type LegacyPeer, legacyPeerView, newPeer, wellKnownKey } from './legacy-peer.ts'
import { type PollResult, pollLegacyPeer } from './legacy-poll.ts'
import { createLegacyPoller } from './legacy-poller.ts'
import type { LegacyRecord, LegacyStore } from './legacy-store.ts'
import { firstPoll, hasten, nextPoll } from './poll-schedule.ts'
import { parseRegistration } from './registration.ts'

interface LegacyPeersComponents {
  store: LegacyStore
  client: LegacyClient
  health: Health
  clock: Clock
  random: Random
  log: Logger
  /** What this node tells of itself when it registers somewhere. */
  self: () => SelfDescription
  /** Where this node is reached, to notice its own address. */
  own: () => OwnPlace
}

const maxPeers = 1000
/** How stale the stored time of last contact may get; each write costs a disk sync. */
const saveSeenEvery = 5 * 60_000
const openWarning = 'legacy_open'

export function createLegacyPeers(components: LegacyPeersComponents): LegacyPeers {
  const { store, client, health, clock, random, log, self, own } = components
  const peers = new Map<string, LegacyPeer>(store.all().map((record) => [record.url, newPeer(record, firstPoll(clock.monotonic()))]))
  const seenSaved = new Map<string, number>()
  const changed = createEmitter()
  const stopping = { controller: new AbortController() }

  const poller = createLegacyPoller({ clock, peers: () => peers.values(), poll })

  async function poll(peer: LegacyPeer, signal: AbortSignal) {
    const result = await pollLegacyPeer(peer, client, clock.monotonic(), signal)
    if (signal.aborted || peers.get(peer.record.url) !== peer) return // stopped or forgotten meanwhile
    if (result.ok) applyAnswer(peer, result)
    else applyFailure(peer, result.error)
    announce()
  }

  function applyAnswer(peer: LegacyPeer, { latencyMs, details, pause }: PollResult & { ok: true }) {
    const now = clock.now()
    const outcome = pause === null ? { kind: 'ok' as const, details: details !== null } : pauseOf(pause)
    peer.polling = { ...nextPoll(peer.polling, outcome, clock.monotonic(), random.fraction()), failures: 0 }
    peer.answered = true
    peer.latencyMs = Math.round(latencyMs)
    peer.lastOk = now
    peer.lastError = null
    const before = peer.record
    let record: LegacyRecord = { ...before, lastSeen: now }
    if (details !== null) {
      peer.problem = details.problem
      peer.version = details.info?.version ?? peer.version
      peer.services = details.services ?? peer.services
      if (details.wellKnownKey !== 'not tried') {
        peer.wellKnownKeyTriedAt = clock.monotonic()
        record = { ...record, openToAnyone: details.wellKnownKey === 'accepted' }
      }
    }
    peer.record = record
    const stale = now - (seenSaved.get(record.url) ?? 0) >= saveSeenEvery
    if (stale || record.openToAnyone !== before.openToAnyone) save(record)
  }

  function applyFailure(peer: LegacyPeer, error: FcnError) {
    const outcome = error.code === 'too_many' ? pauseOf(error) : { kind: 'failed' as const }
    peer.polling = nextPoll(peer.polling, outcome, clock.monotonic(), random.fraction())
    peer.lastError = { ...error.toFailure(), at: clock.now() }
    log.debug({ peer: peer.record.url, code: error.code }, 'A legacy peer did not answer.')
  }

  function save(record: LegacyRecord) {
    store.save(record)
    seenSaved.set(record.url, clock.now())
  }

  function announce() {
    const open = [...peers.values()].filter(({ record }) => record.openToAnyone).map(({ record }) => record.name)
    if (open.length === 0) health.clear(openWarning)
    else {
      health.raise({
        code: openWarning,
        severity: 'warning',
        title: 'A legacy peer is open to anyone',
        text: `${open.slice(0, 5).join(', ')} accepts the well-known key that every such node comes with.`,
        action: 'Set another ROUTER_AUTH_KEY there, then join it again with that key.',
      })
    }
    changed.emit()
  }

  /** Adds or replaces what is kept of a peer; throws `too_many` when there is no room for another. */
  function put(url: string, make: (known: LegacyRecord | undefined) => LegacyRecord): { peer: PeerView; added: boolean } {
    const known = peers.get(url)
    if (known === undefined && peers.size >= maxPeers) {
      throw new FcnError('too_many', `This node knows ${maxPeers} legacy peers already, and takes no more.`, {
        action: 'Forget those that are gone.',
      })
    }
    const record = make(known?.record)
    const peer = known ?? newPeer(record, firstPoll(clock.monotonic()))
    peer.record = record
    if (known !== undefined && peer.polling.failures > 0) peer.polling = hasten(peer.polling, clock.monotonic())
    save(record)
    peers.set(url, peer)
    poller.look()
    announce()
    return { peer: legacyPeerView(peer), added: known === undefined }
  }

  return {
    changed,
    list: () => [...peers.values()].map(legacyPeerView),
    registrations: () =>
      [...peers.values()].map(({ record }) => ({
        url: record.givenUrl,
        name: record.name,
        capabilities: record.capabilities,
        registered: new Date(record.registeredAt).toISOString(),
        lastSeen: new Date(record.lastSeen ?? record.registeredAt).toISOString(),
      })),

    async register(input) {
      const url = parseLegacyUrl(input.url, own())
      const { name, capabilities } = parseRegistration(input)
      const now = clock.now()
      const heardOf = input.foundVia === 'import' ? null : now // an imported line is no contact
      return put(url, (known) => ({
        url,
        givenUrl: input.url,
        name,
        capabilities: capabilities ?? known?.capabilities ?? [],
        foundVia: known?.foundVia ?? input.foundVia,
        apiKey: known?.apiKey ?? null,
        openToAnyone: known?.openToAnyone ?? false,
        registeredAt: known?.registeredAt ?? now,
        lastSeen: heardOf ?? known?.lastSeen ?? null,
      }))
    },

    async join(text, key) {
      const url = parseLegacyUrl(text, own())
      const target = { url, key, signal: stopping.controller.signal }
      const alive = await client.health(target)
      const info = await client.info(target)
      await registerThere(target)
      const now = clock.now()
      const fallback = new URL(url).host
      const { name } = parseRegistration({ name: (info.name ?? alive.name ?? fallback).slice(0, 64), capabilities: undefined })
      return put(url, (known) => ({
        url,
        givenUrl: known?.givenUrl ?? url,
        name,
        capabilities: known?.capabilities ?? (info.role === undefined || info.role === 'general' ? [] : [info.role]),
        foundVia: 'joined',
        apiKey: key,
        openToAnyone: key === wellKnownKey,
        registeredAt: known?.registeredAt ?? now,
        lastSeen: now,
      })).peer
    },

    async forget(id) {
      const peer = peers.get(id)
      if (peer === undefined) throw new FcnError('not_found', `There is no legacy peer ${id.slice(0, 200)}.`)
      peers.delete(id)
      seenSaved.delete(id)
      store.remove(id)
      announce()
      return legacyPeerView(peer)
    },

    async start() {
      stopping.controller = new AbortController()
      announce()
      await poller.start()
    },
    async stop() {
      stopping.controller.abort(new FcnError('not_running', 'This node is stopping.'))
      await poller.stop()
    },
  }

  async function registerThere(target: Parameters<LegacyClient['register']>[0]) {
    const { name, addresses, capabilities } = self()
    const address = addresses[0]
    if (address === undefined) {
      throw new FcnError('conflict', 'This computer has no address in a network under which an old node could reach it.', {
        action: 'Connect it to the network, then join again.',
      })
    }
    const ready = capabilities.filter(({ state }) => state === 'ready').map((capability) => capability.name)
    await client.register(target, { nodeUrl: address.replace(/^https:/u, 'http:'), nodeName: name, capabilities: ready })
  }
}

function pauseOf(error: FcnError) {
  const seconds = error.details?.['retryAfter']
  return { kind: 'paused' as const, seconds: typeof seconds === 'number' ? seconds : 60 }
}
