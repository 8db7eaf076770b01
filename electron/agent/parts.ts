import { join } from 'node:path'
import { networkInterfaces } from 'node:os'
import type { Duplex } from 'node:stream'
import { createFailedAttempts } from './api/failed-attempts.ts'
import { createLocalGuard } from './api/local/guard.ts'
import { createSessions } from './api/local/session.ts'
import { listenHosts } from './api/port-choice.ts'
import { createAuditLog } from './audit/audit-log.ts'
import { createKeyUse } from './audit/key-use.ts'
import { createLineSums } from './audit/line-sums.ts'
import { createRefusals } from './audit/refusals.ts'
import { createSyncUse } from './audit/sync-use.ts'
import { createCapabilities } from './capabilities/capabilities.ts'
import { createAi } from './capabilities/ai/ai.ts'
import { createEmbeddedEngine } from './capabilities/ai/embedded/embedded-engine.ts'
import { machineShare } from './capabilities/ai/embedded/machine-share.ts'
import { createModelFileStore } from './capabilities/ai/embedded/model-file-store.ts'
import { createEngineStore } from './capabilities/ai/engines/engine-store.ts'
import { noOwnEngine } from './capabilities/ai/own-engine.ts'
import { createAiUsage } from './capabilities/ai/usage/ai-usage.ts'
import { createUsageStore } from './capabilities/ai/usage/usage-store.ts'
import { createCapabilityStore } from './capabilities/capability-store.ts'
import { createProgramSearch } from './capabilities/program-search.ts'
import { allProviders } from './capabilities/registry.ts'
import type { NodeId, OwnDescription, Presence } from './components.ts'
import { createDiscovery } from './discovery/discovery.ts'
import { aliasSalt } from './diagnostics/alias-salt.ts'
import { createDoctor } from './doctor/doctor.ts'
import { firewallFacts } from './doctor/firewall-facts.ts'
import { createGrants } from './grants/grants.ts'
import { createGrantStore } from './grants/grant-store.ts'
import { createHealth } from './health.ts'
import { createApiKey } from './identity/api-key.ts'
import { identityFile } from './identity/identity.ts'
import { createKeyProtection } from './identity/key-protection.ts'
import { createLegacyClient } from './legacy/legacy-client.ts'
import { createLegacyPeers } from './legacy/legacy-peers.ts'
import { createLegacyStore } from './legacy/legacy-store.ts'
import { createMeshFiles } from './legacy/mesh-files.ts'
import { createSyncClient } from './legacy/sync/sync-client.ts'
import { createSyncHubStore } from './legacy/sync/sync-hub-store.ts'
import { createSyncHubs } from './legacy/sync/sync-hubs.ts'
import { createSyncTokenStore } from './legacy/sync/sync-token-store.ts'
import { createSyncTokens } from './legacy/sync/sync-tokens.ts'
import { createMembership } from './membership/membership.ts'
import { createRootKeyFiles, rootKeyPaths } from './membership/root-key-file.ts'
import { createDoorOpener } from './api/door-server.ts'
import { askForModels } from './models/ask-for-models.ts'
import { createAskOwnNode } from './models/ask-own-node.ts'
import { createDoors } from './models/doors.ts'
import { createModelChoices } from './models/model-choices.ts'
import { createModelDirectory, type OwnedModelDirectory } from './models/model-directory.ts'
import { createNodeLists } from './models/node-lists.ts'
import { createModels } from './models/models.ts'
import { createTrials } from './models/trials.ts'
import { askConnectivity } from './network/connectivity.ts'
import { outsideAddresses } from './network/local-interfaces.ts'
import { createMeteredWatch } from './network/metered-watch.ts'
import { askNetworkManager } from './network/network-manager.ts'
import { createNetworkWatch } from './network/network-watch.ts'
import { listensAt, ownAddresses, reachableHosts } from './network/own-addresses.ts'
import { findRoute } from './network/port-mapping/default-route.ts'
import { createNatPmp } from './network/port-mapping/nat-pmp.ts'
import { createPortMapping } from './network/port-mapping/port-mapping.ts'
import { createUpnp } from './network/port-mapping/upnp.ts'
import { createPortalWatch } from './network/portal-watch.ts'
import type { NodeOptions } from './node.ts'
import { osName } from './os-name.ts'
import { createOverrideStore } from './policies/override-store.ts'
import { createPolicies } from './policies/policies.ts'
import { portHolder } from './programs/port-holder.ts'
import { createPrograms } from './programs/programs.ts'
import { createHubStore } from './relay/hub-store.ts'
import { createRelay, type Relay } from './relay/relay.ts'
import { thisMachine } from './resources/machine.ts'
import { createRefusedTo } from './refused-to.ts'
import { createResourceMeter } from './resources/resource-meter.ts'
import { createRouteLog } from './route-log/route-log.ts'
import { createRecentUsers } from './routing/recent-users.ts'
import { createRouter, type Router } from './routing/router.ts'
import { describeSelf } from './self-description.ts'
import { createServiceStore } from './services/service-store.ts'
import { createServices } from './services/services.ts'
import { createSetup } from './setup.ts'
import { createPauseStore } from './sharing/pause-store.ts'
import { createPowerWatch } from './sharing/power-watch.ts'
import { onBatteryBy, powerSupplies, readPowerSupplies } from './sharing/power-supply.ts'
import { createSharing } from './sharing/sharing.ts'
import { exposedPaths } from './store/exposed-paths.ts'
import type { Stores } from './stores.ts'
import type { Clock } from './support/clock.ts'
import { createDialGuard } from './support/dial-guard.ts'
import type { Logger } from './support/logger.ts'
import { newId } from './support/new-id.ts'
import type { Random } from './support/random.ts'
import { sameSecret } from './support/secret.ts'
import { toolOutput } from './support/tool-output.ts'
import { createAddressBook } from './transport/address-book.ts'
import { createAddressProbe } from './transport/address-probe.ts'
import { createCallBack } from './transport/call-back.ts'
import { createLinks } from './transport/links.ts'
import { createPlaceProbe } from './transport/place-probe.ts'
import { createTransport } from './transport/transport.ts'

/** What comes from outside the node and differs in tests. */
export interface Environment {
  clock: Clock
  random: Random
  log: Logger
}

/** Where the node is reached; `port` is null until it listens. */
export interface Place {
  hosts: string[]
  port: number | null
  movedFrom: number | null
}

/** What the parts need of the edge, which is made after them. */
interface EdgeGiven {
  /** The listener, once there is one. */
  listener: () => { port: number; movedFrom: number | null } | null
  /** Takes a byte stream that a hub has passed on. */
  acceptRelayed: (stream: Duplex, hub: NodeId) => void
}

export type Parts = ReturnType<typeof createParts>

/** Makes every part of a node; none of them runs yet. */
export function createParts(stores: Stores, options: NodeOptions, environment: Environment, { listener, acceptRelayed }: EdgeGiven) {
  const { identity, keyFiles, settings, database, meta, token } = stores
  const { clock, random, log } = environment
  const health = createHealth({ clock })
  const audit = createAuditLog({ database, settings, clock, log, health })
  const apiKey = createApiKey({ meta, random })
  const keyProtection = createKeyProtection(
    { keyFiles, store: options.keyVault, settings, health, log },
    {
      identityFile: identityFile(options.dataDir),
      rootKeyFiles: () => rootKeyPaths(options.dataDir),
      exposed: () => exposedPaths(options.dataDir),
    },
  )
  const os = osName()

  const network = createNetworkWatch({
    ...{ clock, interfaces: networkInterfaces, platform: process.platform },
    ignored: () => settings.get().ignoredInterfaces,
  })
  const metered = createMeteredWatch({
    ...{ clock, network, settings },
    askNetworkManager: (signal) => askNetworkManager(process.platform, signal),
  })
  const host = () => options.chosen?.host ?? settings.get().host
  const place = (): Place => {
    const { port, movedFrom } = listener() ?? { port: null, movedFrom: null }
    return { hosts: reachableHosts(host(), outsideAddresses(network.current())), port, movedFrom }
  }

  const portMapping = createPortMapping({
    ...{ clock, random, log, settings, network, port: () => place().port, findRoute: () => findRoute(process.platform) },
    listensAt: (address) => listensAt(host(), address),
    mappers: [createNatPmp({ clock }), createUpnp({ clock })],
  })

  const grants = createGrants({ store: createGrantStore(database) })
  const own = () => {
    const { port } = place()
    const outside = portMapping.outside()
    return { port: port ?? 0, addresses: [...ownAddresses(), ...(outside?.port === port ? [outside.host] : [])] }
  }
  const guard = createDialGuard({ own })
  const services = createServices({ store: createServiceStore(database), guard, clock })
  const resources = createResourceMeter({ clock, machine: thisMachine, log }, { dataDir: options.dataDir })
  const readPower = async (signal: AbortSignal) => onBatteryBy(await readPowerSupplies(powerSupplies, signal))
  const { idleMs = () => null, power = null } = options.desktop ?? {}
  const presence: Presence = { ...(power ?? createPowerWatch({ clock, log, readPower })), idleMs }
  const sharing = createSharing({ clock, store: createPauseStore(meta), presence, resources, woke: network.woke })
  const users = createRecentUsers({ clock })
  const aiUsage = createAiUsage({ store: createUsageStore(database), nameOf: (node) => membership.nameOf(node), clock, log })
  const engineStore = createEngineStore(database)
  const ownEngine =
    options.engine === undefined
      ? noOwnEngine()
      : createEmbeddedEngine(
          { ...{ store: createModelFileStore(database), clock, random, log }, startProcess: options.engine.start },
          { folders: [join(options.dataDir, 'engine'), ...options.engine.folders], ...machineShare() },
        )
  const ai = createAi({ ...{ store: engineStore, own: ownEngine, usage: aiUsage }, meta, guard, clock, random, log })
  const { engines } = ai
  const providers = allProviders({ ai: ai.provider })
  const capabilities = createCapabilities({
    ...{ store: createCapabilityStore(database), providers, sharing, usersOf: users.of, guard, clock, random },
  })
  const self = (): OwnDescription =>
    describeSelf(
      {
        ...{ settings, capabilities, services, sharing, place, mapped: portMapping.outside },
        ...{ metered: metered.current, roles: () => relay.roles() },
      },
      { version: options.version, os },
    )

  const transport = createTransport({
    identity,
    addressBook: createAddressBook({ database, clock }),
    clock,
    random,
    relayDial: (hub, node, signal) => relay.dial(hub, node, signal),
  })
  const mayAskPlainly = () => !settings.get().encryptedPeersOnly
  const addressProbe = createAddressProbe({
    ...{ identity, guard, mayAskPlainly },
    onOwnKey: (instance) => membership.metOwnKey(instance),
  })
  const rootKeys = createRootKeyFiles(options.dataDir, keyFiles)
  const membership = createMembership({
    ...{ identity, transport, addressProbe, database, rootKeys, audit, health, clock, random, log },
    makeLinks: createLinks,
    refusedTo: createRefusedTo({ grants, capabilities, services }),
  })

  const relay: Relay = createRelay({
    ...{ self: identity.id, store: createHubStore(database), membership, transport, clock, random },
    accept: acceptRelayed,
  })

  const policies = createPolicies({ membership, store: createOverrideStore(database) })

  const discovery = createDiscovery({
    ...{ id: identity.id, clock, random, log, settings, network, membership, transport, addressProbe, host },
    port: () => place().port,
  })

  const portal = createPortalWatch({
    ...{ clock, random, network, membership, transport, places: createPlaceProbe({ guard, mayAskPlainly }) },
    addresses: () => outsideAddresses(network.current()),
    system: () => askConnectivity(toolOutput),
  })

  const doctor = createDoctor({
    ...{ clock, settings, discovery, membership, transport, portal, portMapping, place, platform: process.platform },
    firewall: () => firewallFacts(process.platform, process.execPath),
    tunnels: relay.tunnels,
  })

  const refusalSums = createLineSums({ audit, clock })
  const keySums = createLineSums({ audit, clock })
  const refusals = createRefusals({ sums: refusalSums, nameOf: membership.nameOf })
  transport.contact.subscribe(({ node, url, ok }) => {
    const problem = ok ? null : transport.addresses(node).find((address) => address.url === url)?.lastError
    if (problem?.code === 'key_mismatch') refusals.otherKey(node, url)
  })

  const programs = createPrograms({ place, services, guard, portHolder, hosts: () => listenHosts(host(), true) })

  const client = createLegacyClient({ clock, guard })
  const legacyStore = createLegacyStore(database)
  const legacy = createLegacyPeers({ store: legacyStore, client, health, settings, clock, random, log, self, own })
  const setup = createSetup({ meta, membership, legacy })
  const meshFiles = createMeshFiles({ database, id: identity.id, self, membership, policies, legacyPeers: legacy, resources, clock })
  const syncTokens = createSyncTokens({ store: createSyncTokenStore(database), clock, random })
  const syncHubStore = createSyncHubStore(database)
  const syncHubs = createSyncHubs({
    ...{
      store: syncHubStore,
      client: createSyncClient({ clock, guard }),
      meshFiles,
      health,
      settings,
      own,
      clock,
      random,
      log,
    },
    network: { changed: network.changed, woke: network.woke, isUp: () => outsideAddresses(network.current()).length > 0 },
  })

  const opened = () => audit.record({ action: 'page.opened', actor: settings.get().name, actorId: identity.id, outcome: 'ok' })
  const sessions = createSessions({ clock, random, opened }, { token, nodeId: identity.id })
  const attempts = createFailedAttempts({ clock })
  const localGuard = createLocalGuard({ sessions, attempts, apiKey, settings }, { token })

  const routeLog = createRouteLog({ clock, database, services, settings, log })
  const isNodeSecret = (value: string) => apiKey.matches(value) || sameSecret(value, token) || syncTokens.matches(value)
  const salt = aliasSalt(meta, random)
  /** To be found wherever they might have got to. */
  const secrets = () => [
    ...[apiKey.current(), token, salt],
    ...syncHubStore.all().map((hub) => hub.token),
    ...engineStore.all().flatMap(({ key }) => key ?? []),
    ...legacyStore.all().flatMap((peer) => peer.apiKey ?? []),
  ]
  const keyUse = createKeyUse({ sums: keySums })
  const modelChoices = createModelChoices({ meta })
  const directory: OwnedModelDirectory = createModelDirectory({
    ...{ engines, clock, aliases: () => modelChoices.get().aliases },
    self: () => ({ id: identity.id, name: settings.get().name }),
    lists: createNodeLists({ membership, clock, ask: (asked) => askForModels({ transport }, asked) }),
    standing: () => router.models.standing(),
    load: (node, model) => router.models.load(node, model),
  })
  const router: Router = createRouter({
    identity,
    settings,
    membership,
    grants,
    transport,
    capabilities,
    services,
    sharing,
    users,
    audit,
    refusals,
    clock,
    random,
    log,
    isNodeSecret,
    guard,
    policies,
    isMetered: metered.current,
    routeLog,
    admitProgram: localGuard.checkUse,
    admitModels(request, caller) {
      const { showedKey } = localGuard.checkModels(request, caller, { needsKey: modelChoices.get().needsKey })
      if (showedKey) keyUse.used(caller)
    },
    directory,
    ownModels: () => engines.serve,
    countTokens(peer, count) {
      if (peer !== identity.id) aiUsage.count({ peer, direction: 'asked', ...count })
    },
  })
  const openDoor = createDoorOpener({ log, refusals, take: router.models.request })
  const doors = createDoors({ open: openDoor, portHolder, clock })
  const ownPort = () => place().port
  const models = createModels({ choices: modelChoices, directory, doors, port: ownPort })
  const trials = createTrials({
    ...{ ask: createAskOwnNode({ port: ownPort, apiKey: apiKey.current }), nameOf: membership.nameOf, clock },
    newId: () => newId(random),
  })
  return {
    health,
    audit,
    refusalSums,
    keySums,
    refusals,
    keyUse,
    syncUse: createSyncUse({ sums: keySums, audit }),
    apiKey,
    keyProtection,
    place,
    os,
    services,
    grants,
    policies,
    relay,
    capabilities,
    presence,
    sharing,
    users,
    programSearch: createProgramSearch({ providers, guard }),
    setup,
    resources,
    network,
    metered,
    portMapping,
    portal,
    discovery,
    doctor,
    programs,
    secrets,
    aliasSalt: salt,
    callBack: createCallBack({ identity }),
    self,
    transport,
    addressProbe,
    membership,
    legacy,
    meshFiles,
    syncTokens,
    syncHubs,
    sessions,
    attempts,
    localGuard,
    routeLog,
    router,
    engines,
    aiUsage,
    models,
    trials,
  }
}
