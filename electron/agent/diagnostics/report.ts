/**
 * The allow list: everything that the bundle may hold. A value is a number, yes or no, one of a few words, or a text that
 * has the form which aliases and masks give it; what does not fit fails the collection rather than getting out. The two
 * lists of sentences (findings, log) have been through the redactor.
 */
import { z } from 'zod'
import { capabilityName, capabilityState } from '../../contract/capability.ts'
import { finding, foundVia, interfaceView } from '../../contract/discovery.ts'
import { errorTable, type ErrorCode } from '../../contract/error-codes.ts'
import { syncEvery } from '../../contract/hub-sync.ts'
import { mappingProblem } from '../../contract/port-mapping.ts'
import { settings } from '../../contract/settings.ts'
import { healthWarning, joinView, meshRole, nodeState, peerState } from '../../contract/snapshot.ts'
import { aliasPattern } from './aliases.ts'
import { maskedHostPattern, maskedUrlPattern } from './mask-address.ts'

const alias = z.string().regex(aliasPattern)
const host = z.string().regex(maskedHostPattern)
const url = z.string().regex(maskedUrlPattern)
const count = z.number().int().nonnegative()
const amount = z.number().nonnegative()
const version = z.string().regex(/^(?:\d{1,4}(?:\.\d{1,6}){1,3}(?:-[a-z]+(?:\.\d+)?)?|other)$/u)
const time = z.iso.datetime()
const errorCode = z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]])
/** Ours, redacted: letters of any kind, but one line. */
const sentence = z
  .string()
  .max(2_000)
  .regex(/^[^\n\r]*$/u)
/** Of a warning or finding: its kind, without what it is about. */
const kindOfThing = z.string().regex(/^[a-z][a-z_]{0,40}$/u)
/** Names that systems give; others are aliases. */
export const systemInterface =
  /^(?:eth|en|em|wl|wlan|lo|tun|tap|utun|wg|ppp|docker|br|veth|virbr|vmnet|bridge|tailscale|zt|awdl|llw|wwan|usb|Ethernet|Wi-Fi)[a-z]?\d{0,4}(?:[a-z]\d{1,3}){0,4}$/u
const interfaceName = z.union([z.string().regex(systemInterface), alias])

export const report = z.strictObject({
  program: z.strictObject({
    version,
    face: z.enum(['desktop', 'headless']),
    node: version,
    electron: version.nullable(),
    protocol: count,
    os: z.string().regex(/^(?:other|[A-Za-z ]{4,20}(?: \d[\d.]*)?)$/u),
    platform: z.enum(['linux', 'darwin', 'win32', 'other']),
    arch: z.enum(['x64', 'arm64', 'arm', 'ia32', 'other']),
    startedAt: time,
    collectedAt: time,
    cores: count.nullable(),
    memoryBytes: amount.nullable(),
    diskFreeBytes: amount.nullable(),
    keys: z.enum(['keystore', 'file']),
  }),
  settings: z.strictObject({
    port: settings.shape.port,
    host: host.optional(),
    theme: settings.shape.theme.unwrap(),
    language: z.string().regex(/^(?:other|system|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})$/u),
    logLevel: settings.shape.logLevel.unwrap(),
    encryptedPeersOnly: z.boolean(),
    localUseNeedsKey: z.boolean(),
    protectKeys: z.boolean(),
    auditDays: count,
    auditEntries: count,
    beSeen: z.boolean(),
    tellMeshNames: z.boolean(),
    lookAround: z.boolean(),
    ignoredInterfaces: z.enum(['usual', 'changed']),
    metered: settings.shape.metered.unwrap(),
    portMapping: z.boolean(),
    otherAddresses: count,
    tellClosing: z.boolean(),
    notifyRequests: z.boolean(),
    notifyCapabilities: z.boolean(),
    notifyPeers: z.boolean(),
    keepAwake: z.boolean(),
    restartFor: z.array(settings.keyof()),
  }),
  state: z.strictObject({
    state: nodeState,
    meshes: z.array(
      z.strictObject({ mesh: alias, role: meshRole, members: count, online: count, admins: count, rootKey: z.boolean(), hub: z.boolean() }),
    ),
    tunnels: z.array(z.strictObject({ hub: alias, state: z.enum(['connecting', 'up', 'down']), problem: errorCode.nullable() })),
    capabilities: z.array(
      z.strictObject({
        capability: capabilityName,
        enabled: z.boolean(),
        state: capabilityState,
        backend: url.nullable(),
        problem: errorCode.nullable(),
      }),
    ),
    services: z.array(z.strictObject({ service: alias, url, status: z.enum(['active', 'inactive']), problem: errorCode.nullable() })),
    joins: z.array(z.strictObject({ state: joinView.shape.state, problem: errorCode.nullable() })),
    sharingPaused: z.boolean(),
    requests: count,
    invites: count,
    blocked: count,
    grants: count,
    policies: count,
    syncTokens: count,
    syncHubs: z.array(z.strictObject({ hub: url, every: syncEvery, problem: errorCode.nullable() })),
  }),
  health: z.array(z.strictObject({ warning: kindOfThing, severity: healthWarning.shape.severity, since: time })),
  network: z.strictObject({
    port: count,
    movedFrom: count.nullable(),
    urls: z.array(url),
    metered: z.boolean(),
    portMapping: z.enum(['off', 'asking', 'mapped', 'failed']),
    portMappingProblem: mappingProblem.nullable(),
    interfaces: z.array(
      z.strictObject({
        interface: interfaceName,
        kind: interfaceView.shape.kind,
        ignored: z.boolean(),
        addresses: z.array(host),
        discovery: interfaceView.shape.discovery,
        heard: interfaceView.shape.heard,
      }),
    ),
    discovered: count,
  }),
  peers: z.array(
    z.strictObject({
      peer: alias,
      kind: z.enum(['node', 'legacy']),
      meshes: z.array(alias),
      state: peerState,
      removed: z.enum(['removed', 'blocked']).nullable(),
      path: z.enum(['direct', 'relayed']).nullable(),
      hub: alias.nullable(),
      latencyMs: amount.nullable(),
      version: version.nullable(),
      system: z.enum(['Linux', 'macOS', 'Windows', 'other']).nullable(),
      lastSeen: time.nullable(),
      capabilities: z.array(capabilityName),
      services: count,
      problem: errorCode.nullable(),
      addresses: z.array(z.strictObject({ url, foundVia, lastOk: time.nullable(), lastError: errorCode.nullable() })),
    }),
  ),
  findings: z.array(z.strictObject({ finding: kindOfThing, state: finding.shape.state, title: sentence, text: sentence })),
  log: z.array(sentence),
})
export type Report = z.infer<typeof report>
