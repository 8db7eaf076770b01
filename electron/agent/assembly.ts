/**
 * The composition root's inside: connects the parts of a running node and says in which order they start. Wiring only;
 * what a part does is in the part.
 */
import { randomUUID } from 'node:crypto'
import { type Autostart, noAutostart } from './autostart.ts'
import { createCapabilityWarnings } from './capability-warnings.ts'
import { aiView } from './ai-view.ts'
import { collectSnapshot } from './collect-snapshot.ts'
import { aiCalls } from './commands/ai-calls.ts'
import { choiceCalls } from './commands/choice-calls.ts'
import { createDispatch, type Dispatch } from './commands/dispatch.ts'
import { discoveryCalls } from './commands/discovery-calls.ts'
import { meshCalls } from './commands/mesh-calls.ts'
import { nodeCalls } from './commands/node-calls.ts'
import { policyCalls } from './commands/policy-calls.ts'
import { programCalls } from './commands/program-calls.ts'
import { relayCalls } from './commands/relay-calls.ts'
import { setupCalls } from './commands/setup-calls.ts'
import { sharingCalls } from './commands/sharing-calls.ts'
import { syncCalls } from './commands/sync-calls.ts'
import { trustCalls } from './commands/trust-calls.ts'
import type { Discovery, Startable } from './components.ts'
import { createDiagnostics } from './diagnostics/diagnostics.ts'
import { createEdge, type Edge } from './edge.ts'
import { createExpulsion } from './expulsion.ts'
import { createGrantUpkeep } from './grants/grant-upkeep.ts'
import { askRenewal } from './identity/renewal.ts'
import { createIntroduction } from './introduction.ts'
import { createLifecycle, type Part } from './lifecycle.ts'
import { createNetworkLife } from './network-life.ts'
import { createNetworkWarnings } from './network-warnings.ts'
import { outsideAddresses } from './network/local-interfaces.ts'
import type { NodeOptions } from './node.ts'
import { createParts, type Environment, type Parts } from './parts.ts'
import { nodePeers } from './peers.ts'
import { createPolicyUpkeep } from './policies/policy-upkeep.ts'
import { createRestartNeeds } from './restart-needs.ts'
import { createSnapshotPublisher, type SnapshotPublisher } from './snapshot-publisher.ts'
import { removeRunningFile, writeRunningFile } from './store/running-file.ts'
import type { Stores } from './stores.ts'

export interface Assembly extends Startable {
  /** The machine is about to sleep, or is back. */
  suspend: Discovery['suspend']
  resume: Discovery['resume']
  publisher: SnapshotPublisher
  dispatch: Dispatch
}

export function assemble(stores: Stores, options: NodeOptions, environment: Environment): Assembly {
  const { clock } = environment
  const startedAt = clock.now()
  const facts = { running: false, startedAt, restartNeeds: createRestartNeeds(stores.settings) }
  const parts: Parts = createParts(stores, options, environment, {
    listener: () => edge.server.listener(),
    acceptRelayed: (stream, hub) => edge.server.acceptRelayed(stream, hub),
  })
  const {
    membership,
    legacy,
    capabilities,
    presence,
    sharing,
    users,
    services,
    grants,
    policies,
    relay,
    resources,
    health,
    transport,
    keyProtection,
    network,
    metered,
    portMapping,
    discovery,
    routeLog,
    setup,
    syncTokens,
    syncHubs,
    engines,
    aiUsage,
    models,
  } = parts

  const publisher = createSnapshotPublisher(
    { clock },
    {
      epoch: randomUUID(),
      collect: () => collectSnapshot(parts, stores, options, facts),
      sources: [
        ...[
          membership,
          legacy,
          capabilities,
          presence,
          sharing,
          users,
          services,
          grants,
          policies,
          relay,
          resources,
          health,
          keyProtection,
          network,
          metered,
          portMapping,
          discovery,
          routeLog,
          setup,
          syncTokens,
          syncHubs,
          engines,
          aiUsage,
          models,
          stores.settings,
        ].map(({ changed }) => changed),
        transport.contact,
      ],
    },
  )
  const dispatch: Dispatch = createDispatch(
    handlers(parts, stores, {
      ...{ ...facts, options, publisher, environment, autostart: options.autostart ?? noAutostart },
      pageLink: () => edge.pageLink(),
    }),
    environment.log,
  )
  const node = { call: dispatch, snapshot: publisher.get, changes: publisher.changes }
  const edge: Edge = createEdge({ ...environment, parts, node, startedAt }, stores, options)

  const lifecycle = createLifecycle(order({ parts, stores, options, edge, publisher, facts }), { ...environment, health })
  const resume = async () => {
    for (const part of [membership, transport, relay]) part.networkChanged()
    await discovery.resume()
  }
  return { publisher, dispatch, suspend: discovery.suspend, resume, start: lifecycle.start, stop: lifecycle.stop }
}

interface CallContext {
  options: NodeOptions
  restartNeeds: ReturnType<typeof createRestartNeeds>
  publisher: SnapshotPublisher
  pageLink: Edge['pageLink']
  environment: Environment
  autostart: Autostart
}

/** Longest look at an address a person typed, ms. */
const checkLimit = 15_000

function handlers(parts: Parts, stores: Stores, context: CallContext) {
  const { identity, settings, meta } = stores
  const { publisher, pageLink, restartNeeds, options, autostart, environment } = context
  const { clock } = environment
  const { membership, transport, legacy, addressProbe } = parts
  const self = () => ({ id: identity.id, name: settings.get().name })
  const peers = () => [...nodePeers(membership.members(), transport, membership.nameOf), ...legacy.list()]
  return {
    ...nodeCalls({ ...parts, settings, self, pageLink, snapshot: publisher.get, restartNeeds }),
    ...meshCalls({ ...parts, clock, checkUrl: (url) => addressProbe.check(url, AbortSignal.timeout(checkLimit)) }),
    ...sharingCalls({ ...parts, self, peers }),
    ...discoveryCalls({ ...parts }),
    ...programCalls({
      programs: parts.programs,
      collectDiagnostics: createDiagnostics({
        ...{ ...environment, doctor: parts.doctor, snapshot: publisher.get, secrets: parts.secrets, salt: parts.aliasSalt },
        lastLogLines: options.lastLogLines ?? (async () => []),
      }),
    }),
    ...policyCalls({ ...parts, self }),
    ...relayCalls({ ...parts, self }),
    ...syncCalls({ ...parts, self }),
    ...aiCalls({ ...parts, self, view: () => aiView(parts) }),
    ...choiceCalls(parts),
    ...setupCalls({ ...parts, autostart, self }),
    ...trustCalls({ ...parts, self, peers, renewIdentity: () => askRenewal(meta, identity.id) }),
  }
}

interface OrderContext {
  parts: Parts
  stores: Stores
  options: NodeOptions
  edge: Edge
  publisher: SnapshotPublisher
  facts: { running: boolean; startedAt: number }
}

/** First what answers, then what speaks, last what tells others that the node is there; stopped the other way round. */
function order({ parts, stores, options, edge, publisher, facts }: OrderContext): Part[] {
  const {
    keyProtection,
    resources,
    services,
    presence,
    sharing,
    capabilities,
    transport,
    routeLog,
    router,
    membership,
    relay,
    legacy,
    place,
    refusalSums,
    keySums,
    network,
    metered,
    portMapping,
    portal,
    discovery,
    setup,
    syncHubs,
    engines,
    models,
    trials,
  } = parts
  const movedPort = () => {
    const { port, movedFrom } = place()
    return port !== null && movedFrom !== null ? { from: movedFrom, to: port } : null
  }
  const essential = true
  return [
    { name: 'key protection', part: keyProtection, essential: false },
    { name: 'network', part: network, essential: false },
    { name: 'metered connection', part: metered, essential: false },
    { name: 'resources', part: resources, essential: false },
    { name: 'services', part: services, essential: false },
    { name: 'power', part: presence, essential: false },
    { name: 'sharing', part: sharing, essential: false },
    { name: 'engines', part: engines, essential: false },
    { name: 'capabilities', part: capabilities, essential: false },
    { name: 'capability warnings', part: createCapabilityWarnings(parts), essential: false },
    { name: 'sums of refusals', part: refusalSums, essential: false },
    { name: 'sums of key use', part: keySums, essential: false },
    { name: 'transport', part: transport, essential },
    { name: 'route log', part: routeLog, essential: false },
    { name: 'router', part: router, essential },
    { name: 'server', part: edge.server, essential },
    { name: 'expulsion', part: createExpulsion({ ...parts, server: edge.server }), essential },
    { name: 'membership', part: membership, essential },
    { name: 'relay', part: relay, essential: false },
    { name: 'network life', part: createNetworkLife({ ...parts, addresses: () => outsideAddresses(network.current()) }), essential: false },
    { name: 'port mapping', part: portMapping, essential: false },
    { name: 'portal watch', part: portal, essential: false },
    { name: 'grant upkeep', part: createGrantUpkeep(parts), essential: false },
    { name: 'policy upkeep', part: createPolicyUpkeep(parts), essential: false },
    { name: 'introduction', part: createIntroduction({ ...parts, settings: stores.settings, movedPort }), essential },
    { name: 'legacy peers', part: legacy, essential: false },
    { name: 'setup', part: setup, essential: false },
    { name: 'hub sync', part: syncHubs, essential: false },
    { name: 'models', part: models, essential: false },
    { name: 'trials', part: { start: async () => {}, stop: async () => trials.close() }, essential: false },
    { name: 'discovery', part: discovery, essential: false },
    { name: 'network warnings', part: createNetworkWarnings(parts), essential: false },
    { name: 'snapshot', part: publisher, essential },
    { name: 'presence', part: createPresence({ dataDir: options.dataDir, port: () => place().port ?? 0, facts }), essential },
  ]
}

interface PresenceComponents {
  dataDir: string
  port: () => number
  facts: { running: boolean; startedAt: number }
}

/** Says that the node is usable: in its state, and to the CLI by a file. */
function createPresence({ dataDir, port, facts }: PresenceComponents): Startable {
  return {
    async start() {
      facts.running = true
      await writeRunningFile(dataDir, { pid: process.pid, port: port(), url: `http://127.0.0.1:${port()}`, startedAt: facts.startedAt })
    },
    async stop() {
      if (!facts.running) return
      facts.running = false
      removeRunningFile(dataDir)
    },
  }
}
