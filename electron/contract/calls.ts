import { z } from 'zod'
import { aiChange, aiUse, aiView, engineView, modelFile, modelName, trialAnswer, trialMessage } from './ai.ts'
import { auditCheck, auditEntry } from './audit.ts'
import { autostartView } from './autostart.ts'
import { capabilityName } from './capability.ts'
import { diagnosis, discoveredView, scanView } from './discovery.ts'
import { diagnostics } from './diagnostics.ts'
import { failure } from './failure.ts'
import { syncEvery, syncHubView, syncToken, syncTokenView } from './hub-sync.ts'
import { meshFile } from './mesh-file.ts'
import { listeningProgram, portCheck, programCheck } from './programs.ts'
import { hubLimits, hubView, tunnelView } from './relay.ts'
import { capabilityLimits, choiceView, policyRules, policyView, routeQuery, routeView } from './routing.ts'
import { displayName, port, settings, settingsChange } from './settings.ts'
import { foundProgram, setupPage, setupState, setupView } from './setup.ts'
import { pauseFor, sharingConditions, sharingView } from './sharing.ts'
import {
  blockedView,
  capabilityView,
  grantResource,
  grantRule,
  grantView,
  inviteView,
  joinView,
  meshRole,
  meshView,
  nodeView,
  peerView,
  requestView,
  serviceView,
  snapshot,
} from './snapshot.ts'
import { trafficView } from './traffic.ts'
import { updatesView } from './updates.ts'

/**
 * The one table of calls. It is bound to Electron IPC (`ipc/`) and to `POST /local/v1/<name>` on loopback
 * (`agent/api/local`), and it types both callers (`renderer/bridge`, `cli/`). Inputs are validated by the receiving
 * side before a handler runs. A call answers whether it was accepted; state always arrives as a change (patch.ts).
 */
const call = <I extends z.ZodType, O extends z.ZodType>(summary: string, input: I, output: O) => ({ summary, input, output })

/** A mesh, peer, request or service as a person names it: an id or, where it fits only one, a name. */
const reference = z.string().trim().min(1).max(2048)
const url = z.string().trim().min(1).max(2048)
const nothing = z.object({}).strict()
const named = z.object({ id: z.string(), name: z.string() })
const comparisonCode = z
  .string()
  .transform((text) => text.replaceAll(/[\s-]/gu, ''))
  .pipe(z.string().regex(/^\d{6}$/u, 'six digits'))
const passphrase = z.string().min(10, 'a passphrase has at least 10 characters').max(1024)
/** A `.fcn-recovery` file: a compact JWE (membership/README.md). */
const recoveryFile = z
  .string()
  .trim()
  .min(1)
  .max(64 * 1024)

/** Rules with nodes as people name them. */
const namedNodes = z.array(reference).max(64).optional()
export const policyRulesInput = policyRules.extend({ preferredNodes: namedNodes, fallbackNodes: namedNodes })
export type PolicyRulesInput = z.infer<typeof policyRulesInput>

/** What an invite says by itself, before anybody is asked. */
export const inviteContent = z.object({
  mesh: z.string(),
  inviter: z.string(),
  addresses: z.array(z.string()),
  expiresAt: z.number(),
})
export type InviteContent = z.infer<typeof inviteContent>

export const urlCheck = z.object({
  url: z.string(),
  /** `node`: one of ours · `legacy`: Router API v0.1 · `other`: something else answers · `none`: nothing answers */
  kind: z.enum(['node', 'legacy', 'other', 'none']),
  node: z.object({ id: z.string(), name: z.string() }).nullable(),
  problem: failure.nullable(),
})
export type UrlCheck = z.infer<typeof urlCheck>

/** A service to share: `url` is where it runs, `http://127.0.0.1:<port>` when only the port is given. */
export const serviceInput = z
  .object({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'lower-case letters, digits, dot, dash and underscore, 1 to 64 of them')
      .optional(),
    name: displayName,
    port: port.optional(),
    url: url.optional(),
  })
  .strict()
export type ServiceInput = z.infer<typeof serviceInput>

export const calls = {
  'snapshot.get': call('The whole state', nothing, snapshot),

  'node.get': call('This node', nothing, nodeView),
  'settings.get': call('The settings', nothing, settings),
  'settings.update': call(
    'Change settings; the answer says whether a restart of the node is needed',
    settingsChange,
    z.object({ settings, restartNeeded: z.boolean() }),
  ),
  'key.show': call('The Router API key', nothing, z.object({ key: z.string() })),
  'key.rotate': call('Replace the Router API key; the old one stops working at once', nothing, z.object({ key: z.string() })),
  'port.check': call(
    'Whether this node could listen on a port, and who has it where the system tells',
    z.object({ port }).strict(),
    portCheck,
  ),
  'diagnostics.collect': call(
    'What helps to find out why something does not work: names replaced, addresses masked, no secrets; nothing is sent anywhere',
    nothing,
    diagnostics,
  ),
  'page.link': call('A one-time link that opens the page in a browser', nothing, z.object({ url: z.string(), expiresAt: z.number() })),

  'setup.set': call(
    'Say how far setting up this node has come; what is not named stays',
    z.object({ state: setupState.optional(), page: setupPage.optional() }).strict(),
    setupView,
  ),
  'autostart.get': call('Whether the system starts this node when its user logs in, read from the system now', nothing, autostartView),
  'autostart.set': call(
    'Have the system start this node when its user logs in, or not; fails where the program cannot do that itself',
    z.object({ enabled: z.boolean() }).strict(),
    autostartView,
  ),
  'updates.look': call('Look for a newer version of this program now, also where nothing is looked for unasked', nothing, updatesView),
  'updates.install': call(
    'Install the newer version that is ready and start again; refused while peers use this node',
    nothing,
    updatesView,
  ),

  'mesh.list': call('The meshes this node is in', nothing, z.array(meshView)),
  'mesh.create': call('Make a mesh, with this node as its admin', z.object({ name: displayName }).strict(), meshView),
  'mesh.leave': call(
    'Leave a mesh; `force` when this node is its only admin and others remain',
    z.object({ mesh: reference, force: z.boolean().default(false) }).strict(),
    named,
  ),
  'mesh.rename': call('Rename a mesh for everybody in it', z.object({ mesh: reference, name: displayName }).strict(), meshView),
  'mesh.recovery.export': call(
    'The root key as a file, encrypted with a passphrase; `forget` then deletes it from this node',
    z.object({ mesh: reference, passphrase, forget: z.boolean().default(false) }).strict(),
    z.object({ file: z.string(), fileName: z.string() }),
  ),
  'mesh.recovery.restore': call(
    'Become an admin of a mesh by its root key',
    z.object({ file: recoveryFile, passphrase: z.string().max(1024) }).strict(),
    meshView,
  ),

  'member.remove': call(
    'Remove a member from a mesh, whether it is on or off',
    z.object({ mesh: reference.optional(), peer: reference }).strict(),
    named,
  ),
  'member.setRole': call(
    'Make a member an admin, or an admin a member',
    z.object({ mesh: reference.optional(), peer: reference, role: meshRole }).strict(),
    named,
  ),

  'invite.create': call(
    'Make an invite; the link and the text are shown this once',
    z
      .object({
        mesh: reference.optional(),
        role: meshRole.default('member'),
        note: displayName.optional(),
        /** Milliseconds from now: one minute to 30 days. */
        validFor: z
          .number()
          .int()
          .min(60_000)
          .max(30 * 86_400_000)
          .default(86_400_000),
        uses: z.number().int().min(1).max(100).default(1),
        askMe: z.boolean().default(false),
      })
      .strict(),
    z.object({ invite: inviteView, link: z.string(), text: z.string() }),
  ),
  'invite.list': call('Invites made here', nothing, z.array(inviteView)),
  'invite.revoke': call('Take an invite back', z.object({ id: reference }).strict(), inviteView),
  'invite.read': call('What an invite says', z.object({ invite: z.string().min(1).max(2048) }).strict(), inviteContent),
  'mesh.export': call('This node’s view as mesh.json', z.object({ mesh: reference.optional() }).strict(), meshFile),
  'mesh.import': call(
    'Take nodes and policies from a mesh.json',
    z.object({ file: meshFile }).strict(),
    z.object({
      added: z.number(),
      updated: z.number(),
      skipped: z.array(z.object({ name: z.string(), problem: failure })),
      policies: z.object({
        /** Decided for the mesh as the file says, or so already. */
        taken: z.array(capabilityName),
        /** Kept for the file only, with the reason. */
        kept: z.array(z.object({ capability: capabilityName, problem: failure })),
      }),
    }),
  ),

  'sync.token.create': call(
    'Make a token with which somebody may sync with this node, and nothing else; it is shown this once',
    z.object({ name: displayName }).strict(),
    z.object({ token: syncTokenView, secret: z.string() }),
  ),
  'sync.token.list': call('Sync tokens made here', nothing, z.array(syncTokenView)),
  'sync.token.revoke': call('Take a sync token back; it stops working at once', z.object({ id: reference }).strict(), syncTokenView),
  'sync.hub.add': call(
    'Sync to a hub of the Router API v0.1 from now on, with the token it gave',
    z.object({ url, token: syncToken, every: syncEvery.default('hour') }).strict(),
    syncHubView,
  ),
  'sync.hub.set': call(
    'Change how often this node syncs to a hub, or with which token',
    z.object({ hub: reference, every: syncEvery.optional(), token: syncToken.optional() }).strict(),
    syncHubView,
  ),
  'sync.hub.list': call('Hubs that this node syncs to', nothing, z.array(syncHubView)),
  'sync.hub.remove': call('Sync to a hub no longer', z.object({ hub: reference }).strict(), syncHubView),
  'sync.run': call(
    'Sync now, to one hub or all; how it went is in the answer, a hub that failed has a `problem`',
    z.object({ hub: reference.optional() }).strict(),
    z.array(syncHubView),
  ),

  'join.check': call('What answers at an address', z.object({ url }).strict(), urlCheck),
  'join.start': call(
    'Ask to join the mesh of the node at an address, which with `node` must have that id; with `key` also an old node (Router API v0.1). Or join by invite',
    z.union([
      z
        .object({ url, mesh: reference.optional(), node: z.string().max(64).optional(), key: z.string().min(1).max(512).optional() })
        .strict(),
      z.object({ invite: z.string().min(1).max(2048) }).strict(),
    ]),
    joinView,
  ),
  'join.confirm': call(
    'Say that the approver’s screen shows the same code; with `code` only if it is that one',
    z.object({ id: reference, code: comparisonCode.optional() }).strict(),
    joinView,
  ),
  'join.list': call('Joins under way and their ends', nothing, z.array(joinView)),
  'join.cancel': call(
    'Withdraw a join, or clear one that has ended; `codesDiffer` tells the other side why',
    z.object({ id: reference, codesDiffer: z.boolean().default(false) }).strict(),
    nothing,
  ),

  'discovery.list': call('Nodes that the local network shows now', nothing, z.array(discoveredView)),
  'discovery.look': call('Somebody looks at the list: it is kept fresh for 10 s from this call', nothing, nothing),
  'discovery.scan': call(
    'Look through the local subnets for nodes that do not announce themselves (port 3000); the answer comes at once',
    nothing,
    scanView,
  ),
  'discovery.cancel': call('Stop the scan', nothing, nothing),
  'doctor.run': call('Find out whether and why others do not reach this node', nothing, diagnosis),

  'request.list': call('Requests to join that wait here', nothing, z.array(requestView)),
  'request.approve': call(
    'Let the node in; with `code` only if the joiner’s screen shows that one; without `role` as its invite says, else as a member',
    z.object({ id: reference, code: comparisonCode.optional(), role: meshRole.optional() }).strict(),
    requestView,
  ),
  'request.reject': call(
    'Not now; `never` also blocks the key, `codesDiffer` notes that somebody may be in between',
    z.object({ id: reference, never: z.boolean().default(false), codesDiffer: z.boolean().default(false) }).strict(),
    requestView,
  ),

  'peer.list': call('Peers of all meshes, and legacy peers', nothing, z.array(peerView)),
  'peer.block': call('Refuse a node here, whoever introduces it', z.object({ peer: reference }).strict(), blockedView),
  'peer.unblock': call('Stop refusing a node', z.object({ peer: reference }).strict(), blockedView),
  'peer.forget': call('Forget a legacy peer', z.object({ peer: reference }).strict(), z.object({ id: z.string(), name: z.string() })),

  'capability.list': call('The five capabilities of this node', nothing, z.array(capabilityView)),
  'capability.set': call(
    'Offer a capability or stop; `backend` is the URL of the program behind it, `limits` what peers may take of it, `conditions` when it is shared (null: as usual)',
    z
      .object({
        name: capabilityName,
        enabled: z.boolean().optional(),
        backend: url.nullable().optional(),
        limits: capabilityLimits.partial().nullable().optional(),
        conditions: sharingConditions.partial().nullable().optional(),
      })
      .strict(),
    capabilityView,
  ),
  'ai.get': call('The engines and models of this node and its meshes', nothing, aiView),
  'ai.set': call('Change names of models, usual ports, and on what terms models are shared', aiChange, aiView),
  'ai.engine.add': call(
    'Use a model server beside those that are found',
    z.object({ url, key: z.string().min(1).max(512).optional(), name: displayName.optional() }).strict(),
    engineView,
  ),
  'ai.engine.remove': call('Use a given model server no longer', z.object({ engine: reference }).strict(), engineView),
  'ai.file.add': call(
    'Run a model file (GGUF) with the engine of this node',
    z.object({ path: z.string().min(1).max(4096), name: modelName.optional() }).strict(),
    modelFile,
  ),
  'ai.file.remove': call('Run a model file no longer; the file stays', z.object({ model: modelName }).strict(), modelFile),
  'ai.usage': call(
    'Tokens that went to peers and came from them, by day, the newest first',
    z.object({ days: z.number().int().min(1).max(31).default(7) }).strict(),
    z.array(aiUse.extend({ day: z.iso.date() })),
  ),
  'ai.trial.start': call(
    'Try a model with a chat',
    z.object({ model: modelName, messages: z.array(trialMessage).min(1).max(200) }).strict(),
    trialAnswer,
  ),
  'ai.trial.read': call(
    'How far the answer has come; waits up to 10 s for more text than is known',
    z.object({ id: z.string().max(64), from: z.number().int().nonnegative() }).strict(),
    trialAnswer,
  ),
  'ai.trial.stop': call('Stop the answer; the engine stops too', z.object({ id: z.string().max(64) }).strict(), trialAnswer),
  'sharing.pause': call(
    'Share nothing with peers for a while: an hour, until 6 in the morning, or until `sharing.resume`; a pause there was is replaced',
    z.object({ for: pauseFor }).strict(),
    sharingView,
  ),
  'sharing.resume': call('Share again', nothing, sharingView),

  'capability.find': call(
    'Look for programs on this computer behind which it could offer a capability, at their usual ports; nothing is switched on',
    nothing,
    z.array(foundProgram),
  ),

  'service.list': call('Services shared by this node', nothing, z.array(serviceView)),
  'service.share': call('Share a service that runs here', serviceInput, serviceView),
  'service.check': call(
    'What answers at a port of this computer, or at the address of a program',
    z.union([z.object({ port }).strict(), z.object({ url }).strict()]),
    programCheck,
  ),
  'service.suggest': call(
    'Programs that listen on this computer at ports which many use, and that are not shared yet',
    nothing,
    z.array(listeningProgram),
  ),
  'service.limit': call(
    'Change what peers may take of a service (null: as usual)',
    z.object({ service: reference, limits: capabilityLimits.partial().nullable() }).strict(),
    serviceView,
  ),
  'service.unshare': call(
    'Stop sharing a service',
    z.object({ service: reference }).strict(),
    z.object({ id: z.string(), name: z.string() }),
  ),

  'route.explain': call(
    'Who would be asked for a capability or service now, in which order, and why the others would not',
    z.union([
      z.object({ mesh: reference.optional(), capability: capabilityName }).strict(),
      z.object({ mesh: reference.optional(), service: z.string().trim().min(1).max(64) }).strict(),
    ]),
    choiceView,
  ),

  'grant.list': call('Who may use what of this node', nothing, z.array(grantView)),
  'grant.set': call(
    'Who may use a thing in a mesh; null: as `*` says',
    z.object({ mesh: reference.optional(), resource: grantResource, rule: grantRule.nullable() }).strict(),
    grantView,
  ),
  'grant.except': call(
    'Allow or refuse one peer a thing, whatever the rule says; null: as the rule says',
    z.object({ mesh: reference.optional(), resource: grantResource, peer: reference, allow: z.boolean().nullable() }).strict(),
    grantView,
  ),

  'policy.list': call('By which rules requests are sent: the mesh’s, and this node’s own', nothing, z.array(policyView)),
  'policy.set': call(
    'Decide by which rules requests for a capability are sent: for the mesh (as an admin), or for requests of this node only; null takes the rules back',
    z
      .object({
        mesh: reference.optional(),
        capability: capabilityName,
        rules: policyRulesInput.nullable(),
        scope: z.enum(['mesh', 'own']).default('mesh'),
      })
      .strict(),
    policyView,
  ),

  'hub.list': call('For which meshes this node relays, or could, and what that costs', nothing, z.array(hubView)),
  'hub.set': call(
    'Relay for a mesh or stop, and how much of it; limits that are not named stay as they are',
    z.object({ mesh: reference.optional(), on: z.boolean().optional(), limits: hubLimits.partial().optional() }).strict(),
    hubView,
  ),
  'tunnel.list': call('Tunnels of this node to the hubs of its meshes', nothing, z.array(tunnelView)),

  'audit.list': call(
    'The audit log, newest first; `action` is the beginning of it, `peer` a node on either side, `text` part of a name',
    z
      .object({
        before: z.number().int().optional(),
        limit: z.number().int().min(1).max(1000).default(100),
        action: z.string().max(64).optional(),
        outcome: auditEntry.shape.outcome.optional(),
        peer: z.string().max(2048).optional(),
        text: z.string().max(128).optional(),
        since: z.number().optional(),
        until: z.number().optional(),
      })
      .strict(),
    z.array(auditEntry),
  ),
  'audit.verify': call('Check that no entry of the audit log was changed', nothing, auditCheck),

  'route.list': call(
    'Requests that this node sent to peers or served for them, newest first; those under way are among them',
    routeQuery,
    z.array(routeView),
  ),
  'traffic.history': call(
    'Bytes that requests carried to and from peers over the last 15 minutes, by mesh and in all; one point in 15 s',
    nothing,
    trafficView,
  ),

  'identity.renew': call(
    'Start as a new node at the next start; the old key is kept aside and all meshes are left behind',
    z.object({ id: z.string() }).strict(),
    z.object({ restartNeeded: z.literal(true) }),
  ),
} as const

export type CallName = keyof typeof calls
/** Whether something from outside names a call. */
export const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name)
/** What a caller passes. */
export type CallInput<N extends CallName> = z.input<(typeof calls)[N]['input']>
/** What a handler receives, validated and with defaults filled in. */
export type CallArgs<N extends CallName> = z.output<(typeof calls)[N]['input']>
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>

/** The handlers behind the table, one per call. */
export type CallHandlers = { [N in CallName]: (input: CallArgs<N>) => Promise<CallOutput<N>> | CallOutput<N> }

/** How a call crosses a boundary: a result object, never a thrown exception. */
export type CallResult<N extends CallName> = { ok: true; value: CallOutput<N> } | { ok: false; error: z.infer<typeof failure> }
