/**
 * Who serves a request: programs on this machine ask under `/services/…` and `/capabilities/…`, and their request goes
 * to the best node that offers the thing; peers ask under `/peer/v1/…` and get what this node itself offers. The
 * composition root registers the routes and upgrade handlers; nothing here accepts connections or dials.
 */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyPluginAsync } from 'fastify'
import type { AuditLog, Caller, Capabilities, Grants, Membership, Refusals, Services, Startable, Transport } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import type { Logger } from '../support/logger.ts'
import type { Signal } from '../support/signal.ts'
import { createArrivals, notRunning } from './arrivals.ts'
import { refuseUpgrade, sendFailure } from './failure-answer.ts'
import { createForwarder } from './forwarder.ts'
import { createLocalPrograms, type LocalPrograms } from './local-request.ts'
import { createPeerHops } from './peer-hop.ts'
import { createPeerPlanner, createProgramPlanner, type Planner, type PlannerComponents } from './plan.ts'
import { createProxyRoutes, type Serve } from './proxy-routes.ts'
import { createUpgrader } from './upgrade.ts'
import { createUsage } from './usage.ts'

export interface RouterComponents extends Omit<PlannerComponents, 'peers' | 'local'> {
  membership: PlannerComponents['membership'] & Pick<Membership, 'changed' | 'expelled'>
  grants: Pick<Grants, 'allows' | 'changed'>
  capabilities: PlannerComponents['capabilities'] & Pick<Capabilities, 'changed'>
  services: PlannerComponents['services'] & Pick<Services, 'changed'>
  transport: Pick<Transport, 'request' | 'upgrade' | 'path'>
  /** Where no service or capability is, whatever its address says. */
  guard: DialGuard
  audit: Pick<AuditLog, 'record'>
  refusals: Pick<Refusals, 'request'>
  clock: Clock
  log: Logger
  /** Whether a header value is a credential of this node (API key, control token): such are never sent on. Constant time. */
  isNodeSecret: (value: string) => boolean
}

/** Takes an upgrade when its address is the router's; false leaves the socket untouched for others. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) => boolean

export interface Router extends Startable {
  /** `/services/…` and `/capabilities/…` for programs on this machine: register on the plain app. */
  proxyRoutes: FastifyPluginAsync
  proxyUpgrade: UpgradeHandler
  /** `/peer/v1/services/…` and `/peer/v1/capabilities/…` for members: register on the peer app. */
  peerProxyRoutes: FastifyPluginAsync
  peerProxyUpgrade: UpgradeHandler
}

export function createRouter(components: RouterComponents): Router {
  const { identity, clock, isNodeSecret } = components
  let local: LocalPrograms | null = null
  let ends: (() => void)[] = []
  const running = () => {
    if (local === null) throw notRunning()
    return local
  }

  const usage = createUsage(components)
  const arrivals = createArrivals({ ...components, usage })
  const forward = createForwarder({ node: identity.id, clock, isNodeSecret })
  const upgrade = createUpgrader({ node: identity.id, clock, isNodeSecret })
  const planning = { ...components, peers: createPeerHops(components), local: running }
  const forPrograms = createProgramPlanner(planning)
  const forPeers = createPeerPlanner(planning)

  const serving =
    (planner: Planner): Serve =>
    (request, response, caller) =>
      arrivals.take(planner, {
        request,
        caller,
        carry: (plan, exchange) => forward({ ...plan, ...exchange, request, response }),
        refuse: (error, requestId) => sendFailure(response, error, requestId),
      })

  const upgrading =
    (planner: Planner, prefixes: readonly string[]): UpgradeHandler =>
    (request, socket, head, caller) => {
      if (!prefixes.some((prefix) => request.url?.startsWith(prefix))) return false
      socket.on('error', () => socket.destroy()) // a caller that vanishes is no failure of this node
      arrivals.take(planner, {
        request,
        caller,
        carry: (plan, exchange) => upgrade({ ...plan, ...exchange, request, socket, head }),
        refuse: (error, requestId) => refuseUpgrade(socket, error, requestId),
      })
      return true
    }

  return {
    proxyRoutes: createProxyRoutes(programPrefixes, serving(forPrograms)),
    proxyUpgrade: upgrading(forPrograms, programPrefixes),
    peerProxyRoutes: createProxyRoutes(peerPrefixes, serving(forPeers)),
    peerProxyUpgrade: upgrading(forPeers, peerPrefixes),
    async start() {
      if (local !== null) return
      local = createLocalPrograms(components)
      const { membership, grants, services, capabilities } = components
      const rights = [membership.changed, membership.expelled, grants.changed, services.changed, capabilities.changed]
      ends = rights.map((changed: Signal<unknown>) => changed.subscribe(() => arrivals.review()))
      arrivals.open()
    },
    async stop() {
      for (const end of ends.splice(0)) end()
      await arrivals.close()
      usage.flush()
      const stopped = local
      local = null
      await stopped?.close()
    },
  }
}

const programPrefixes = ['/services/', '/capabilities/']
const peerPrefixes = ['/peer/v1/services/', '/peer/v1/capabilities/']
