/**
 * Which way to a node: its addresses, how each of them did, and the one in use. While none is known to work all are raced;
 * a node that is reached through a hub is tried directly again in the background.
 */
import { FcnError } from '../errors.ts'
import type { AddressView } from '../../contract/snapshot.ts'
import type { Identity, NodeId, Transport } from '../components.ts'
import { hubOf, isRelayUrl } from '../protocol/relay-url.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import type { AddressBook } from './address-book.ts'
import { createDial, type RelayDial } from './dial.ts'
import { createDirectRetry } from './direct-retry.ts'
import { networkError } from './network-error.ts'
import { createDialContext } from './pinned-connector.ts'
import { createPools, type Way } from './pools.ts'
import { race } from './race.ts'

/** Weight of a new latency sample in the smoothed one (RFC 6298 uses the same). */
const sampleWeight = 1 / 8
/** That an address works is told this often at most while nothing else happens, ms. */
const tellInterval = 1_000

export interface WaysComponents {
  identity: Identity
  addressBook: AddressBook
  clock: Clock
  random: Random
  relayDial: RelayDial
}

/** The way to a node; proven by a connection of ours there, not by one that the node made. */
interface Path {
  url: string
  latencyMs: number | null
  proven: boolean
}

/** Why an address did not do. */
export interface Reason {
  url: string
  error: FcnError
}

/** Which addresses were tried for one request. */
export interface Search {
  readonly directly: boolean
  readonly tried: Set<string>
  readonly reasons: Reason[]
}

/** `directly`: at no hub. */
export const newSearch = (directly: boolean): Search => ({ directly, tried: new Set(), reasons: [] })

interface Outcome {
  url: string | null
  reasons: readonly Reason[]
}

export function createWays({ identity, addressBook, clock, random, relayDial }: WaysComponents) {
  const dial = createDial({ context: createDialContext(identity), relayDial })
  const pools = createPools({ dial })
  const contact = createEmitter<{ node: NodeId; url: string; ok: boolean; at: number }>()
  const straightened = createEmitter<NodeId>()
  const paths = new Map<NodeId, Path>()
  /** When it was last told that the path works. */
  const toldAt = new WeakMap<object, number>()
  const races = new Map<string, Promise<Outcome>>()
  const directRetry = createDirectRetry({ clock, random, attempt: tryDirectly })
  let stopping = new AbortController()

  function reached(node: NodeId, url: string): void {
    const now = clock.monotonic()
    let path = paths.get(node)
    if (path?.url !== url || !path.proven) {
      path = { url, latencyMs: path?.url === url ? path.latencyMs : null, proven: true }
      paths.set(node, path)
      if (isRelayUrl(url)) directRetry.begin(node)
      else directRetry.end(node)
    } else if (now - (toldAt.get(path) ?? -Infinity) < tellInterval) return
    toldAt.set(path, now)
    addressBook.succeeded(node, url)
    contact.emit({ node, url, ok: true, at: clock.now() })
  }

  function failed(node: NodeId, url: string, error: FcnError): void {
    if (paths.get(node)?.url === url) paths.delete(node)
    addressBook.failed(node, url, error)
    contact.emit({ node, url, ok: false, at: clock.now() })
  }

  /** Connects to the node at one of these addresses, and keeps the connection for who asks next. */
  async function runRace(node: NodeId, urls: readonly string[]): Promise<Outcome> {
    const reasons: Reason[] = []
    const won = await race(
      urls,
      {
        clock,
        run: (url, signal) => dial.connect(node, url, signal),
        discard: (socket) => void socket.destroy(),
        failed(url, thrown) {
          const error = networkError(thrown)
          reasons.push({ url, error })
          failed(node, url, error)
        },
      },
      stopping.signal,
    )
    if (won !== null) {
      pools.of(node, won.url).offer(won.result)
      reached(node, won.url)
    }
    return { url: won?.url ?? null, reasons }
  }

  /** Those that look for a way at the same time share one race. */
  function sharedRace(node: NodeId, urls: readonly string[]): Promise<Outcome> {
    const key = [node, ...urls].join(' ')
    const outcome = races.get(key) ?? runRace(node, urls).finally(() => races.delete(key))
    races.set(key, outcome)
    return outcome
  }

  /** The address in use, else the only one that is left, else the one that wins a race of those. */
  function choose(node: NodeId, search: Search): string | null | Promise<string | null> {
    const suits = (url: string) => !search.tried.has(url) && !(search.directly && isRelayUrl(url))
    const path = paths.get(node)
    const inUse = path && suits(path.url) ? [path.url] : []
    if (path?.proven && inUse[0] !== undefined) return inUse[0]
    const urls = [...new Set([...inUse, ...addressBook.inOrder(node).filter(suits)])]
    if (urls.length < 2) return urls[0] ?? null
    return sharedRace(node, urls).then(({ url, reasons }) => {
      for (const reason of reasons) search.tried.add(reason.url)
      search.reasons.push(...reasons)
      return url
    })
  }

  /** In the background, for a peer that is reached through a hub. That it fails again is nobody's concern. */
  async function tryDirectly(node: NodeId, signal: AbortSignal): Promise<boolean> {
    const urls = addressBook.inOrder(node).filter((url) => !isRelayUrl(url))
    const run = (url: string, given: AbortSignal) => dial.connect(node, url, given)
    const note = (url: string, thrown: unknown) => addressBook.failed(node, url, networkError(thrown))
    const ended = AbortSignal.any([signal, stopping.signal])
    const won = await race(urls, { clock, run, discard: (socket) => void socket.destroy(), failed: note }, ended).catch(() => null)
    if (won === null) return false
    const before = paths.get(node)?.url
    pools.of(node, won.url).offer(won.result)
    reached(node, won.url)
    if (before !== undefined && isRelayUrl(before)) pools.forget(node, before)
    straightened.emit(node)
    return true
  }

  return {
    contact,
    straightened,
    choose,
    reached,
    failed,
    to: (node: NodeId, url: string): Way => pools.of(node, url),
    path(node: NodeId): ReturnType<Transport['path']> {
      const path = paths.get(node)
      if (path === undefined) return null
      const hub = hubOf(path.url)
      return { url: path.url, latencyMs: path.latencyMs, ...(hub !== null && hub !== identity.id && { hub }) }
    },
    addresses: (node: NodeId): AddressView[] => addressBook.all(node),
    learn(...[node, urls, foundVia, replace]: Parameters<Transport['learn']>): void {
      if (addressBook.learn(node, urls, foundVia, replace)) directRetry.again(node)
    },
    met(node: NodeId, url: string): void {
      if (!paths.has(node)) paths.set(node, { url, latencyMs: null, proven: false })
    },
    measured(node: NodeId, ms: number): void {
      const path = paths.get(node)
      if (!path) return
      const { latencyMs: smoothed } = path
      path.latencyMs = smoothed === null ? ms : smoothed + (ms - smoothed) * sampleWeight
    },
    networkChanged(): void {
      for (const node of directRetry.all()) directRetry.again(node)
    },
    forget(node: NodeId): void {
      pools.forget(node)
      directRetry.end(node)
      paths.delete(node)
      addressBook.forget(node)
    },
    isStopped: () => stopping.signal.aborted,
    start(): void {
      if (stopping.signal.aborted) stopping = new AbortController()
    },
    async stop(): Promise<void> {
      stopping.abort(notRunning())
      directRetry.stop()
      paths.clear()
      await pools.destroy()
    },
  }
}

export const notRunning = (): FcnError => new FcnError('not_running', 'This node stops.')
