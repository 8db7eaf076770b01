import { aiView } from './ai-view.ts'
import type { Settings } from '../contract/settings.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import { authority } from './support/authority.ts'
import type { NodeOptions } from './node.ts'
import { nodeState } from './node-state.ts'
import type { Parts } from './parts.ts'
import { nodePeers } from './peers.ts'
import { protocolVersion } from './protocol/messages.ts'
import type { Stores } from './stores.ts'
import type { Updates } from './updates.ts'

interface Facts {
  running: boolean
  startedAt: number
  restartNeeds: () => (keyof Settings)[]
  updates: Updates['view']
}

/** Everything the faces show, gathered from its owners. */
export function collectSnapshot(parts: Parts, stores: Stores, options: NodeOptions, facts: Facts): Omit<Snapshot, 'epoch' | 'revision'> {
  const { membership, legacy, transport, health, capabilities, services, grants, policies, relay, resources, discovery, routeLog } = parts
  const { sharing, setup, syncTokens, syncHubs } = parts
  const peers = [...nodePeers(membership.members(), transport, membership.nameOf), ...legacy.list()]
  const requests = membership.requests()
  const warnings = health.list()
  const shared = sharing.view()
  return {
    node: nodeView(parts, stores, options, {
      startedAt: facts.startedAt,
      restartFor: facts.restartNeeds(),
      state: nodeState({ running: facts.running, requests: requests.length, health: warnings, paused: shared.pause !== null, peers }),
    }),
    settings: stores.settings.get(),
    resources: resources.current(),
    sharing: shared,
    network: discovery.network(),
    routed: routeLog.state(),
    setup: setup.view(),
    ai: aiView(parts),
    updates: facts.updates(),
    meshes: keyed(membership.meshes(), ({ id }) => id),
    peers: keyed(peers, ({ id }) => id),
    requests: keyed(requests, ({ id }) => id),
    joins: keyed(membership.joins(), ({ id }) => id),
    capabilities: keyed(capabilities.list(), ({ name }) => name),
    services: keyed(services.list(), ({ id }) => id),
    invites: keyed(membership.invites(), ({ id }) => id),
    blocked: keyed(membership.blocked(), ({ id }) => id),
    grants: keyed(grants.list(), ({ id }) => id),
    hubs: keyed(relay.hubs(), ({ id }) => id),
    tunnels: keyed(relay.tunnels(), ({ id }) => id),
    policies: keyed(policies.list(), ({ id }) => id),
    health: keyed(warnings, ({ code }) => code),
    discovered: keyed(discovery.list(), ({ id }) => id),
    rates: keyed(routeLog.rates(), ({ id }) => id),
    syncTokens: keyed(syncTokens.list(), ({ id }) => id),
    syncHubs: keyed(syncHubs.list(), ({ id }) => id),
  }
}

type NodeFacts = Pick<Snapshot['node'], 'startedAt' | 'state' | 'restartFor'>

function nodeView(
  { place, os, keyProtection, metered, portMapping }: Parts,
  { identity, settings }: Stores,
  { dataDir, face, version }: NodeOptions,
  facts: NodeFacts,
): Snapshot['node'] {
  const { hosts, port, movedFrom } = place()
  return {
    id: identity.id,
    name: settings.get().name,
    urls: port === null ? [] : hosts.map((host) => `http://${authority(host, port)}`),
    port: port ?? 0,
    movedFromPort: movedFrom,
    version,
    face,
    os,
    dataDir,
    runtime: { node: process.versions.node, electron: process.versions['electron'] ?? null, protocol: protocolVersion },
    metered: metered.current(),
    portMapping: portMapping.view(),
    keyProtection: keyProtection.view(),
    ...facts,
  }
}

/** Ids come from outside too (URLs of legacy peers): an object without prototype takes any of them as a plain key. */
function keyed<T>(items: readonly T[], idOf: (item: T) => string): Record<string, T> {
  const record = Object.create(null) as Record<string, T>
  for (const item of items) record[idOf(item)] = item
  return record
}
