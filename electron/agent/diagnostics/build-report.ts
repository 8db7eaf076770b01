/** Picks what may be told out of what the node knows; report.ts then checks every value. Pure. */
import type { Diagnosis } from '../../contract/discovery.ts'
import { usuallyIgnored } from '../../contract/settings.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import type { AliasOf } from './aliases.ts'
import { buildNetwork } from './build-network.ts'
import { buildPeers } from './build-peers.ts'
import { maskHost, maskUrl } from './mask-address.ts'
import { isoTime, kindOf, languageOf, oneOf, systemOf, versionOf } from './plain-words.ts'
import { type Report, report } from './report.ts'

export interface ReportSources {
  snapshot: Snapshot
  /** Null when the doctor could not be asked. */
  diagnosis: Diagnosis | null
  /** Lines of the log, redacted. */
  log: readonly string[]
  at: number
  platform: string
  arch: string
}

/** Findings and peers that are listed at most; a file of thousands helps nobody. */
const longestList = 200

/** Throws when something does not fit the allow list: nothing gets out then. */
export function buildReport(sources: ReportSources, aliasOf: AliasOf, redact: (text: string) => string): Report {
  const { snapshot, diagnosis, log } = sources
  return report.parse({
    program: buildProgram(sources),
    settings: buildSettings(snapshot, aliasOf),
    state: buildState(snapshot, aliasOf),
    health: Object.values(snapshot.health).map(({ code, severity, since }) => ({
      warning: kindOf(code, ':'),
      severity,
      since: isoTime(since),
    })),
    network: buildNetwork(snapshot, aliasOf),
    peers: buildPeers(Object.values(snapshot.peers).slice(0, longestList), aliasOf),
    findings: (diagnosis?.findings ?? []).slice(0, longestList).map(({ id, state, title, text }) => ({
      finding: kindOf(id, '-'),
      state,
      title: redact(title),
      text: redact(text),
    })),
    log,
  } satisfies Record<keyof Report, unknown>)
}

function buildProgram({ snapshot, at, platform, arch }: ReportSources): Report['program'] {
  const { node, resources } = snapshot
  return {
    version: versionOf(node.version),
    face: node.face,
    node: versionOf(node.runtime.node),
    electron: node.runtime.electron === null ? null : versionOf(node.runtime.electron),
    protocol: node.runtime.protocol,
    os: systemOf(node.os),
    platform: oneOf(platform, ['linux', 'darwin', 'win32']),
    arch: oneOf(arch, ['x64', 'arm64', 'arm', 'ia32']),
    startedAt: isoTime(node.startedAt),
    collectedAt: isoTime(at),
    cores: resources?.cpu.cores ?? null,
    memoryBytes: resources?.memory.total ?? null,
    diskFreeBytes: resources?.disk?.free ?? null,
    keys: node.keyProtection.kind,
  }
}

/** Settings by name: one that is added later is not told before somebody has thought about it. */
function buildSettings({ settings, node }: Snapshot, aliasOf: AliasOf): Report['settings'] {
  const usual = [...usuallyIgnored].toSorted().join()
  return {
    port: settings.port,
    ...(settings.host !== undefined && { host: maskHost(settings.host, aliasOf) }),
    theme: settings.theme,
    language: languageOf(settings.language),
    logLevel: settings.logLevel,
    encryptedPeersOnly: settings.encryptedPeersOnly,
    localUseNeedsKey: settings.localUseNeedsKey,
    protectKeys: settings.protectKeys,
    auditDays: settings.auditDays,
    auditEntries: settings.auditEntries,
    beSeen: settings.beSeen,
    tellMeshNames: settings.tellMeshNames,
    lookAround: settings.lookAround,
    ignoredInterfaces: settings.ignoredInterfaces.toSorted().join() === usual ? 'usual' : 'changed',
    metered: settings.metered,
    portMapping: settings.portMapping,
    otherAddresses: settings.otherAddresses.length,
    tellClosing: settings.tellClosing,
    notifyRequests: settings.notifyRequests,
    notifyCapabilities: settings.notifyCapabilities,
    notifyPeers: settings.notifyPeers,
    keepAwake: settings.keepAwake,
    restartFor: node.restartFor,
  }
}

function buildState(snapshot: Snapshot, aliasOf: AliasOf): Report['state'] {
  const { node, meshes, hubs, tunnels, capabilities, services, joins, syncHubs } = snapshot
  const size = (of: object) => Object.keys(of).length
  return {
    state: node.state,
    meshes: Object.values(meshes).map(({ id, role, members, online, admins, hasRootKey }) => ({
      ...{ mesh: aliasOf('mesh', id), role, members, online, admins, rootKey: hasRootKey, hub: hubs[id]?.on ?? false },
    })),
    tunnels: Object.values(tunnels).map(({ id, state, problem }) => ({ hub: aliasOf('node', id), state, problem: problem?.code ?? null })),
    capabilities: Object.values(capabilities).map(({ name, enabled, state, backend, problem }) => ({
      ...{ capability: name, enabled, state, backend: backend === null ? null : maskUrl(backend, aliasOf), problem: problem?.code ?? null },
    })),
    services: Object.values(services).map(({ id, url, status, problem }) => ({
      ...{ service: aliasOf('service', id), url: maskUrl(url, aliasOf), status, problem: problem?.code ?? null },
    })),
    joins: Object.values(joins).map(({ state, problem }) => ({ state, problem: problem?.code ?? null })),
    sharingPaused: snapshot.sharing.pause !== null,
    requests: size(snapshot.requests),
    invites: size(snapshot.invites),
    blocked: size(snapshot.blocked),
    grants: size(snapshot.grants),
    policies: size(snapshot.policies),
    syncTokens: size(snapshot.syncTokens),
    syncHubs: Object.values(syncHubs).map(({ url, every, problem }) => ({
      hub: maskUrl(url, aliasOf),
      every,
      problem: problem?.code ?? null,
    })),
  }
}
