/**
 * Old nodes (Router API v0.1): remembered across restarts, asked gently (poll-schedule.ts), never trusted. Their
 * messages are neither encrypted nor authenticated, so what they say is shown and believed by nobody.
 */
import type { PeerView } from '../../contract/snapshot.ts'
import type { Health, LegacyPeers, SelfDescription, SettingsStore } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import type { OwnPlace } from '../support/own-place.ts'
import { parseLegacyUrl } from './legacy-url.ts'
import type { LegacyClient } from './legacy-client.ts'
import { joinLegacyNode } from './legacy-join.ts'
import { type LegacyPeer, legacyPeerView } from './legacy-peer.ts'
import { pollLegacyPeer } from './legacy-poll.ts'
import { createLegacyPoller } from './legacy-poller.ts'
import type { LegacyStore } from './legacy-store.ts'
import { createLegacyTable } from './legacy-table.ts'
import { warnOfOpenPeers } from './open-warning.ts'
import { afterPoll } from './peer-contact.ts'
import { parseRegistration } from './registration.ts'

interface LegacyPeersComponents {
  store: LegacyStore
  client: LegacyClient
  health: Health
  /** With `encryptedPeersOnly` old nodes are not asked: they know plain HTTP only. */
  settings: Pick<SettingsStore, 'get' | 'changed'>
  clock: Clock
  random: Random
  log: Logger
  /** What this node tells of itself when it registers somewhere. */
  self: () => SelfDescription
  /** Where this node is reached, to notice its own address. */
  own: () => OwnPlace
}

export function createLegacyPeers(components: LegacyPeersComponents): LegacyPeers {
  const { store, client, health, settings, clock, random, log, self, own } = components
  const table = createLegacyTable({ store, clock })
  const changed = createEmitter()
  const poller = createLegacyPoller({ clock, peers: () => table.all(), poll })
  let stopping = new AbortController()
  const isQuiet = () => settings.get().encryptedPeersOnly
  let running = false
  let turn = Promise.resolve()
  let unsubscribe = () => {}

  const viewOf = (peer: LegacyPeer) => (isQuiet() ? quietView(legacyPeerView(peer)) : legacyPeerView(peer))

  /** Polls while it runs and may; one change after the other. */
  const follow = () => (turn = turn.then(() => (running && !isQuiet() ? poller.start() : poller.stop())))

  async function poll({ record: { url } }: LegacyPeer, signal: AbortSignal) {
    const peer = table.get(url)
    if (peer === undefined) return
    const result = await pollLegacyPeer(peer, client, clock.monotonic(), signal)
    const current = table.get(url) // it may have registered again meanwhile, or have been forgotten
    if (signal.aborted || current === undefined) return
    if (!result.ok) log.debug({ peer: url, code: result.error.code }, 'A legacy peer did not answer.')
    table.update(afterPoll(current, result, { now: clock.now(), monotonic: clock.monotonic(), spread: random.fraction() }))
    announce()
  }

  function announce() {
    warnOfOpenPeers(health, table.all())
    changed.emit()
  }

  function put(...entry: Parameters<typeof table.put>) {
    const { peer, added } = table.put(...entry)
    poller.look()
    announce()
    return { peer: viewOf(peer), added }
  }

  return {
    changed,
    list: () => table.all().map(viewOf),
    registrations: () => table.all().map(registrationOf),

    async register(input) {
      const url = parseLegacyUrl(input.url, own())
      const { name, capabilities } = parseRegistration(input)
      const now = clock.now()
      return put(url, (known) => ({
        url,
        givenUrl: input.url,
        name,
        capabilities: capabilities ?? known?.capabilities ?? [],
        foundVia: known?.foundVia ?? input.foundVia,
        apiKey: known?.apiKey ?? null,
        openToAnyone: known?.openToAnyone ?? false,
        registeredAt: known?.registeredAt ?? now,
        // a line in a file is no contact
        lastSeen: input.foundVia === 'import' ? (known?.lastSeen ?? null) : now,
      }))
    },

    async join(text, key) {
      if (isQuiet()) throw encryptedOnly()
      const url = parseLegacyUrl(text, own())
      const { signal } = stopping
      const joined = await joinLegacyNode(client, { url, key, signal }, self(), clock.now())
      signal.throwIfAborted()
      return put(url, joined).peer
    },

    async forget(id) {
      const peer = table.remove(id)
      if (peer === undefined) throw new FcnError('not_found', `There is no legacy peer ${id.slice(0, 200)}.`)
      announce()
      return viewOf(peer)
    },

    async start() {
      if (running) return
      running = true
      if (stopping.signal.aborted) stopping = new AbortController()
      unsubscribe = settings.changed.subscribe(({ previous, current }) => {
        if (previous.encryptedPeersOnly === current.encryptedPeersOnly) return
        void follow()
        announce()
      })
      announce()
      await follow()
    },
    async stop() {
      running = false
      unsubscribe()
      stopping.abort(new FcnError('not_running', 'This node is stopping.'))
      await follow()
    },
  }
}

const encryptedOnly = () =>
  new FcnError('encrypted_only', 'Legacy peers speak plain HTTP only, which is switched off on this node.', {
    action: 'Switch “encrypted peers only” off in the settings to use them.',
  })

/** Known, but neither asked nor answered. */
const quietView = (view: PeerView): PeerView => ({ ...view, state: 'offline', path: null, problem: encryptedOnly().toFailure() })

const isoTime = (time: number) => new Date(time).toISOString()

const registrationOf = ({ record }: LegacyPeer) => ({
  url: record.givenUrl,
  name: record.name,
  capabilities: record.capabilities,
  registered: isoTime(record.registeredAt),
  lastSeen: isoTime(record.lastSeen ?? record.registeredAt),
})
