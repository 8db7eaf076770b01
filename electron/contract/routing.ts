import { z } from 'zod'
import { capabilityName } from './capability.ts'
import { errorTable, type ErrorCode } from './error-codes.ts'

const time = z.number()
const nodeId = z.string().min(1).max(64)
/** Nodes in the order of preference; ids of nodes that are no members any more are kept and mean nothing. */
const nodeList = z.array(nodeId).max(64)

/** How equals share the work; absent: each request goes to the cheaper of two drawn at random (latency × work under way). */
export const loadBalancing = z.enum(['round-robin', 'least-loaded', 'lowest-latency'])
export type LoadBalancing = z.infer<typeof loadBalancing>

/** By which rules requests for one capability of a mesh are sent. Everything is optional: no rule, no restriction. */
export const policyRules = z
  .object({
    /** Asked first, in this order. */
    preferredNodes: nodeList.optional(),
    /** Asked only when nobody else can serve. */
    fallbackNodes: nodeList.optional(),
    loadBalancing: loadBalancing.optional(),
    /** On how many nodes a thing is kept (storage). */
    replication: z.number().int().min(1).max(16).optional(),
    /** Never through a relay. */
    onlyDirect: z.boolean().optional(),
    /** Never over a connection that is paid by volume, on either side. */
    avoidMetered: z.boolean().optional(),
    /** Longest round trip to the node, ms; a node whose distance is not known yet is asked after the others. */
    maxDistance: z.number().int().min(1).max(60_000).optional(),
  })
  .strict()
export type PolicyRules = z.infer<typeof policyRules>

/** What an admin decided for a mesh, and what this node says instead for its own requests; `id` is `<mesh> <capability>`. */
export const policyView = z.object({
  id: z.string(),
  mesh: z.string(),
  capability: capabilityName,
  /** Null: the mesh has no rules for it. */
  rules: policyRules.nullable(),
  /** Who decided it, when; null without rules. */
  by: z.object({ id: z.string(), name: z.string() }).nullable(),
  at: time.nullable(),
  /** Grows with every decision about it in the mesh; 0 before the first. */
  version: z.number().int().nonnegative(),
  /** This node's own rules, which replace the mesh's for requests made here; null: none. */
  override: policyRules.nullable(),
})
export type PolicyView = z.infer<typeof policyView>

/** What this node lets others take of one capability. */
export const capabilityLimits = z
  .object({
    /** Requests served at once, for all peers and for one. */
    concurrent: z.number().int().min(1).max(1024),
    concurrentPerPeer: z.number().int().min(1).max(1024),
    /** Requests that wait for a place; more are refused, with the time to wait. */
    queue: z.number().int().min(0).max(1024),
    /** Bytes per second to and from one peer; null: no limit. */
    bandwidthPerPeer: z
      .number()
      .int()
      .min(1024)
      .max(2 ** 40)
      .nullable(),
  })
  .strict()
export type CapabilityLimits = z.infer<typeof capabilityLimits>

/** Generous enough for a household of streams, small enough that one peer cannot take the machine for itself. */
export const defaultLimits: CapabilityLimits = { concurrent: 256, concurrentPerPeer: 96, queue: 48, bandwidthPerPeer: null }

/** Why a node is not asked. */
export const whyNot = z.enum([
  ...(['offline', 'left', 'removed', 'not_offered', 'inactive', 'starting', 'problem'] as const),
  /** It does not let this node use it. */
  'no_grant',
  /** It failed again and again just now; it is tried again in a moment. */
  'failing',
  /** It shares nothing for the time being, or not this. */
  'paused',
  /** The policy says so. */
  ...(['relayed', 'metered', 'too_far'] as const),
])
export type WhyNot = z.infer<typeof whyNot>

/** Who would be asked for a thing now, in which order, and who would not, and why. */
export const choiceView = z.object({
  candidates: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** 0 is asked first; nodes of one tier share the work. */
      tier: z.number().int(),
      latencyMs: z.number().nullable(),
      /** Requests of this node under way there. */
      underWay: z.number().int(),
    }),
  ),
  leftOut: z.array(z.object({ id: z.string(), name: z.string(), why: whyNot })),
})
export type ChoiceView = z.infer<typeof choiceView>

const errorCode = z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]])
const someone = z.object({ id: z.string(), name: z.string() })

/** One request that this node sent to a peer or served for one. */
export const routeView = z.object({
  /** Unique on this node; `requestId` is the one that travels with the request. */
  id: z.string(),
  requestId: z.string(),
  at: time,
  /** Null: a program on this machine. */
  from: someone.nullable(),
  kind: z.enum(['service', 'capability']),
  /** Name of the service or capability. */
  what: z.string(),
  mesh: z.string().nullable(),
  method: z.string(),
  /** Where it was sent last; null while nobody was asked. */
  sentTo: someone.nullable(),
  /** Who answered; null until the head of the answer came. */
  ranOn: someone.nullable(),
  path: z.enum(['local', 'direct', 'relayed']).nullable(),
  /** Tries before the last one, on this node or another, that came to nothing. */
  retries: z.number().int(),
  /** HTTP status of the answer. */
  status: z.number().int().nullable(),
  /** Bytes of the request’s body, so far while it runs. */
  bytesIn: z.number(),
  /** Bytes of the answer’s body. */
  bytesOut: z.number(),
  /** From arrival to its end, ms; null while it is under way. */
  duration: z.number().nullable(),
  result: z.enum(['running', 'ok', 'failed', 'cancelled']),
  /** Why it failed. */
  code: errorCode.nullable(),
})
export type RouteView = z.infer<typeof routeView>

/**
 * Newest first; `before` is the id of an entry, `peer` a node on either side, `what` a service or capability, `text` part
 * of the name of either, `since` when it came at the earliest.
 */
export const routeQuery = z
  .object({
    before: z.string().max(64).optional(),
    limit: z.number().int().min(1).max(1000).default(100),
    peer: z.string().max(2048).optional(),
    what: z.string().max(64).optional(),
    result: routeView.shape.result.optional(),
    text: z.string().max(128).optional(),
    since: time.optional(),
  })
  .strict()
export type RouteQuery = z.infer<typeof routeQuery>

/** How busy the way to or from a peer is, for one capability or for services together. */
export const rateView = z.object({
  id: z.string(),
  peer: someone,
  direction: z.enum(['to', 'from']),
  /** Name of a capability, or `services`. */
  what: z.string(),
  underWay: z.number().int(),
  /** Over the last ten seconds. */
  requestsPerSecond: z.number(),
  bytesPerSecond: z.number(),
})
export type RateView = z.infer<typeof rateView>

/** Tells when `route.list` and `rates` have something new; changes at most once a second. */
export const routedView = z.object({
  /** Grows when a request has begun, moved on or ended. */
  revision: z.number().int(),
  /** Requests under way. */
  running: z.number().int(),
})
export type RoutedView = z.infer<typeof routedView>
