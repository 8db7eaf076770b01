/**
 * What nodes of this program say to each other: paths and bodies of the peer API, version 1. Every body is JSON over
 * mutually authenticated TLS; unknown fields are dropped, so a later version may add some. Both sides validate with
 * these schemas: `api/peer` what arrives, `membership` what is answered.
 */
import { z } from 'zod'
import { resources } from '../../contract/resources.ts'
import { displayName } from '../../contract/settings.ts'

export const protocolVersion = 1

export const peerPaths = {
  hello: '/peer/v1/hello',
  join: '/peer/v1/join',
  introduce: '/peer/v1/introduce',
  link: '/peer/v1/link',
  tunnel: '/peer/v1/tunnel',
  sync: '/peer/v1/sync',
  reach: '/peer/v1/reach',
} as const

/** What a link is asked for by, in the header `Upgrade`. */
export const linkProtocol = 'fcn-link'

/** Longest signed member record, bytes; a longer one is refused unread. */
export const maxRecordBytes = 16 * 1024
/** Records in one message; what does not fit travels with the next exchange. */
export const maxRecordsPerMessage = 32
/** Longest notice (a revocation, an admission of another node, a statement of the mesh), bytes: a revocation that keeps a thousand statements. */
export const maxNoticeBytes = 64 * 1024
/** Notices in one message, and their bytes together. */
export const maxNoticesPerMessage = 64
export const maxNoticeBytesPerMessage = 512 * 1024
/** Notices of one mesh that count; of a flood the most senior signers' stay. */
export const maxNotices = 4_096
/** Longest policy of a mesh, bytes: 128 nodes and a chain of eight. Few in one message, since of each capability one counts. */
export const maxPolicyBytes = 32 * 1024
export const maxPoliciesPerMessage = 8
/** Meshes one node may be in. */
export const maxMeshes = 32
/** Members of one mesh that this program version deals with. */
export const maxMembers = 1000
/** Largest body of a peer message, bytes: records, notices and policies of one message, what is known of a whole mesh, and JSON around them. */
export const maxMessageBytes =
  maxRecordsPerMessage * maxRecordBytes + maxNoticeBytesPerMessage + maxPoliciesPerMessage * maxPolicyBytes + 256 * 1024
/** Things that a node says it does not let a peer use, all meshes together: its services (256) and capabilities, and some to spare. */
export const maxRefused = 320
/** Longest a caller may ask a join answer to be held back, ms. */
export const maxJoinWait = 25_000

/** The canonical form of an id; whether its check characters fit is decided where a key is at hand. */
const id = z.string().regex(/^[A-Z2-7]{7}(-[A-Z2-7]{7}){3}$/u)
const token = z.string().max(maxRecordBytes)
const records = z.array(token).max(maxRecordsPerMessage)
const notices = z
  .array(z.string().max(maxNoticeBytes))
  .max(maxNoticesPerMessage)
  .refine((all) => all.reduce((sum, { length }) => sum + length, 0) <= maxNoticeBytesPerMessage, 'too many notices')
  .default([])
const noticeIds = z.array(z.string().length(22)).max(maxNotices)
/** Apart from the notices, so that a node that knows no policies drops them unread and takes nobody for a liar. */
const policies = z.array(z.string().max(maxPolicyBytes)).max(maxPoliciesPerMessage).default([])
const policyIds = z.array(z.string().length(22)).max(maxPoliciesPerMessage)
const version = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const named = z.object({ id, name: displayName })

/** What tells two machines with one key apart (membership/clone-watch.ts). */
const instanceNote = {
  /** Drawn at each start of the sender: 128 bits, base64url. */
  instance: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/u)
    .optional(),
  /** The sender hears from two machines with the receiver's key. */
  clones: z.boolean().optional(),
}

export const hello = z.object({
  id,
  name: displayName,
  /** Version of the software, for people. */
  version: z.string().max(64),
  protocol: z.number().int().positive(),
  instance: instanceNote.instance,
})
export type Hello = z.infer<typeof hello>

/** So many bytes, base64url. */
const base64url = (bytes: number) => z.string().regex(new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((bytes * 4) / 3)}}$`, 'u'))

export const joinAsk = z
  .object({
    /** Id or name of the mesh; may be absent when the asked node is in exactly one. */
    mesh: z.string().min(1).max(2048).optional(),
    name: displayName,
    os: z.string().max(128),
    protocol: z.number().int().positive(),
    /** To the joiner's nonce (membership/comparison-code.ts); absent with an invite. */
    commitment: base64url(32).optional(),
    /** The secret of an invite made by the asked node. */
    invite: base64url(16).optional(),
  })
  .refine(({ commitment, invite }) => (commitment === undefined) !== (invite === undefined), 'either a commitment or an invite is needed')
export type JoinAsk = z.infer<typeof joinAsk>

/** The nonce behind the commitment, once the approver's is known. */
export const joinReveal = z.object({ nonce: base64url(32) })
export type JoinReveal = z.infer<typeof joinReveal>

/** What lets a node in: proof for itself, and the members to talk to. */
export const joinBundle = z.object({
  mesh: named,
  /** SubjectPublicKeyInfo of the mesh's root key (DER, base64url); hashes to the mesh id. */
  rootKey: z.string().max(512),
  admissions: z.array(z.string().max(2048)).min(1).max(8),
  records,
  /** Who was removed, whose role changed, what the mesh is called: so that none of it comes as a surprise later. */
  notices,
  policies,
})
export type JoinBundle = z.infer<typeof joinBundle>

export const joinAnswer = z.discriminatedUnion('state', [
  /** The joiner shows its nonce next; `key` is the approver's SubjectPublicKeyInfo (DER, base64url). */
  z.object({
    state: z.literal('reveal'),
    request: z.string().min(1).max(64),
    mesh: named,
    approver: named,
    key: z.string().max(512),
    nonce: base64url(32),
  }),
  z.object({ state: z.literal('waiting'), request: z.string().min(1).max(64), mesh: named, approver: named }),
  z.object({ state: z.literal('approved'), approver: named, bundle: joinBundle }),
  /** `codesDiffer`: the approver saw other digits than the joiner's person read out. */
  z.object({ state: z.literal('rejected'), mesh: named, approver: named, codesDiffer: z.boolean().optional() }),
  z.object({ state: z.literal('expired'), mesh: named, approver: named }),
])
export type JoinAnswer = z.infer<typeof joinAnswer>

/** A member shows its record to a peer that may not know it yet. */
export const introduction = z.object({
  record: token,
  /** Why the sender is a member although the receiver has just refused it as removed. */
  notices,
})
export type Introduction = z.infer<typeof introduction>

/** The other side's record in that mesh: how it is a member, or that it has left. */
export const introduced = z.object({ record: token })
export type Introduced = z.infer<typeof introduced>

/** What a node tells each peer it has a link with. */
export const peerNote = z.object({
  /** One entry per mesh that the sender shares with the receiver: a digest of the notices that count, and one of the policies. */
  meshes: z.array(z.object({ mesh: id, digest: z.string().max(64), policies: z.string().max(64).optional() })).max(maxMeshes),
  /** Only when they have changed, or at the beginning. */
  resources: resources.optional(),
  /**
   * What the sender offers and does not let the receiver use (`capability:<name>`, `service:<id>`), mesh by mesh; whole
   * each time, absent when it has not changed. Kinds of things that are not known here yet mean nothing.
   */
  refused: z
    .array(z.object({ mesh: id, resources: z.array(z.string().min(1).max(80)).max(maxRefused) }))
    .max(maxMeshes)
    .refine((all) => all.reduce((sum, { resources: things }) => sum + things.length, 0) <= maxRefused, 'too many refused things')
    .optional(),
  ...instanceNote,
})
export type PeerNote = z.infer<typeof peerNote>

export const syncAsk = z.object({
  mesh: id,
  /** New records of members, as the last one of a member that leaves. */
  records,
  /** Every notice that counts for the sender; absent when it only pushes. */
  knownNotices: noticeIds.optional(),
  notices,
  /** Every policy that counts for the sender; absent when it only pushes. */
  knownPolicies: policyIds.optional(),
  policies,
})
export type SyncAsk = z.infer<typeof syncAsk>

export const syncAnswer = z.object({
  /** Notices the asking side does not have. */
  notices,
  /** Notices the answering side lacks. */
  wantsNotices: noticeIds.default([]),
  policies,
  wantsPolicies: policyIds.default([]),
})
export type SyncAnswer = z.infer<typeof syncAnswer>

/** What a refusal with code `removed` says in its details: per mesh the signed proof, to be checked like any notice. */
export const removalProof = z.object({ removals: z.array(z.object({ mesh: id, notices })).max(maxMeshes) })
export type RemovalProof = z.infer<typeof removalProof>

export const done = z.object({ ok: z.literal(true) })

export { id as idText, version as recordVersion }

/** A member asks to be connected to, at the address it calls from. */
export const reachAsk = z.object({ port: z.number().int().min(1).max(65_535) })

export const reachAnswer = z.object({
  reached: z.boolean(),
  problem: z.string().max(500).nullable(),
  /** Where it was tried. */
  address: z.string().max(64),
  /** Wall clock of the answering node. */
  at: z.number(),
})
