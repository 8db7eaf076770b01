import { z } from 'zod'
import { auditEntry } from './audit.ts'
import { capabilityName } from './capability.ts'
import { failure } from './failure.ts'
import { meshFile } from './mesh-file.ts'
import { displayName, port, settings, settingsChange } from './settings.ts'
import { capabilityView, joinView, meshView, nodeView, peerView, requestView, serviceView, snapshot } from './snapshot.ts'

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
  'page.link': call('A one-time link that opens the page in a browser', nothing, z.object({ url: z.string(), expiresAt: z.number() })),

  'mesh.list': call('The meshes this node is in', nothing, z.array(meshView)),
  'mesh.create': call('Make a mesh, with this node as its admin', z.object({ name: displayName }).strict(), meshView),
  'mesh.leave': call('Leave a mesh', z.object({ mesh: reference }).strict(), z.object({ id: z.string(), name: z.string() })),
  'mesh.export': call('This node’s view as mesh.json', z.object({ mesh: reference.optional() }).strict(), meshFile),
  'mesh.import': call(
    'Take nodes and policies from a mesh.json',
    z.object({ file: meshFile }).strict(),
    z.object({ added: z.number(), updated: z.number(), skipped: z.array(z.object({ name: z.string(), problem: failure })) }),
  ),

  'join.check': call('What answers at an address', z.object({ url }).strict(), urlCheck),
  'join.start': call(
    'Ask to join the mesh of the node at an address; with `key` also an old node (Router API v0.1)',
    z.object({ url, mesh: reference.optional(), key: z.string().min(1).max(512).optional() }).strict(),
    joinView,
  ),
  'join.list': call('Joins under way and their ends', nothing, z.array(joinView)),
  'join.cancel': call('Withdraw a join, or clear one that has ended', z.object({ id: reference }).strict(), nothing),

  'request.list': call('Requests to join that wait here', nothing, z.array(requestView)),
  'request.approve': call('Let the node in', z.object({ id: reference }).strict(), requestView),
  'request.reject': call('Decline the request', z.object({ id: reference }).strict(), requestView),

  'peer.list': call('Peers of all meshes, and legacy peers', nothing, z.array(peerView)),
  'peer.forget': call('Forget a legacy peer', z.object({ peer: reference }).strict(), z.object({ id: z.string(), name: z.string() })),

  'capability.list': call('The five capabilities of this node', nothing, z.array(capabilityView)),
  'capability.set': call(
    'Offer a capability or stop; `backend` is the URL of the program behind it',
    z.object({ name: capabilityName, enabled: z.boolean().optional(), backend: url.nullable().optional() }).strict(),
    capabilityView,
  ),

  'service.list': call('Services shared by this node', nothing, z.array(serviceView)),
  'service.share': call('Share a service that runs here', serviceInput, serviceView),
  'service.unshare': call(
    'Stop sharing a service',
    z.object({ service: reference }).strict(),
    z.object({ id: z.string(), name: z.string() }),
  ),

  'audit.list': call(
    'The audit log, newest first',
    z.object({ before: z.number().int().optional(), limit: z.number().int().min(1).max(1000).default(100) }).strict(),
    z.array(auditEntry),
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
