/**
 * Looks through the local subnets for nodes that announce nothing: a connection to port 3000 of each address, and only
 * where one opens, a look at what answers. Begun by a person, never by itself; few at once, within limits, cancellable.
 */
import { connect } from 'node:net'
import type { ScanView } from '../../contract/discovery.ts'
import type { AddressProbe } from '../components.ts'
import { toFcnError } from '../errors.ts'
import type { LocalInterface } from '../network/local-interfaces.ts'
import { hostsAround } from '../network/subnet.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'

const usualPort = 3000
/** Addresses asked at the same time. */
const atOnce = 64
/** A machine of the local network answers within milliseconds; one that is off never does, ms. */
const connectLimit = 1_000
/** Addresses of one scan: four home networks. */
const maxAddresses = 1_024
/** Progress is told this often, ms. */
const tellEvery = 200

/** What a scan found at an address. */
export interface ScanFind {
  url: string
  address: string
  interface: string
  /** Null for an old node, whose URL is its only identity. */
  node: { id: string; name: string } | null
}

interface SubnetScanComponents {
  clock: Clock
  log: Logger
  addressProbe: Pick<AddressProbe, 'check'>
  /** Whether something takes a connection there; rejects when it does not. */
  reach?: (address: string, port: number, signal: AbortSignal) => Promise<void>
  found: (find: ScanFind) => void
  progress: () => void
}

export interface SubnetScan {
  view(): ScanView
  cancel(): void
  /** Resolves when it has ended. */
  readonly ended: Promise<void>
}

export function startSubnetScan(components: SubnetScanComponents, { interfaces }: { interfaces: readonly LocalInterface[] }): SubnetScan {
  const { clock, log, addressProbe, reach = connects, found, progress } = components
  const targets = scanTargets(interfaces)
  const abort = new AbortController()
  const view: ScanView = { state: 'running', done: 0, total: targets.length, found: 0, startedAt: clock.now() }
  let toldAt = -Infinity
  let next = 0

  const tell = () => {
    if (view.state === 'running' && clock.monotonic() - toldAt < tellEvery) return
    toldAt = clock.monotonic()
    progress()
  }

  const look = async ({ address, interface: name }: ScanTarget) => {
    try {
      await reach(address, usualPort, abort.signal)
    } catch {
      return // most addresses are nobody's
    }
    const { kind, node, url, problem } = await addressProbe.check(`http://${address}:${usualPort}`, abort.signal)
    if ((kind !== 'node' && kind !== 'legacy') || problem?.code === 'own_address') return
    view.found += 1
    found({ url, address, interface: name, node: kind === 'node' ? node : null })
  }

  const worker = async () => {
    while (!abort.signal.aborted) {
      const target = targets[next++]
      if (target === undefined) return
      try {
        await look(target)
      } catch (error) {
        if (!abort.signal.aborted) log.debug({ error: toFcnError(error), address: target.address }, 'An address could not be looked at.')
      }
      view.done += 1
      tell()
    }
  }

  const run = async () => {
    await Promise.all(Array.from({ length: Math.min(atOnce, targets.length) }, worker))
    view.state = abort.signal.aborted ? 'cancelled' : 'done'
    tell()
  }

  return { view: () => ({ ...view }), cancel: () => abort.abort(), ended: run() }
}

interface ScanTarget {
  address: string
  interface: string
}

/** The addresses around each of ours, each once, without our own; VPNs are no neighbourhood. */
export function scanTargets(interfaces: readonly LocalInterface[]): ScanTarget[] {
  const own = new Set(interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)))
  const targets = new Map<string, string>()
  for (const { name, kind, ignored, addresses } of interfaces) {
    if (ignored || kind === 'vpn') continue
    for (const { address, family, prefix } of addresses) {
      if (family !== 'IPv4' || address.startsWith('169.254.')) continue
      for (const host of hostsAround(address, prefix)) if (!own.has(host) && !targets.has(host)) targets.set(host, name)
    }
  }
  return [...targets].slice(0, maxAddresses).map(([address, name]) => ({ address, interface: name }))
}

function connects(address: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: address, port, signal: AbortSignal.any([signal, AbortSignal.timeout(connectLimit)]) })
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}
