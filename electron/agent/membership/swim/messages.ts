/**
 * What membership cores say to each other, as JSON. Every message is bounded; who sent it is known from the
 * authenticated connection and never read from the message. Unknown fields are dropped, so a later version may add some.
 */
import { z } from 'zod'
import { maxNoticeBytes, maxRecordBytes } from '../../protocol/messages.ts'
import { bucketCount } from './state/digest.ts'

const node = z.string().min(1).max(64)
const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)
const ascii = /^[\x21-\x7e]*$/u
/** Statements, proofs and notices: a bare signature, or a short token around one. */
const shortToken = z.string().max(400).regex(ascii)
const nonce = z.string().min(8).max(32).regex(ascii)

/** Nodes, entries and rumours in one message. */
export const limits = { rumours: 32, nodes: 256, entries: 512, facts: 256, accusers: 4 }
/** Characters of tokens in one answer; the rest is asked for again. */
export const factsBudget = 128 * 1024

const record = z.object({ node, version: count, left: z.boolean(), token: z.string().max(maxRecordBytes).regex(ascii) })
const statement = z.object({ node, incarnation: count, gone: z.boolean(), token: shortToken })
const notice = z.object({ node, version: count, token: z.string().max(maxNoticeBytes).regex(ascii) })

const facts = z
  .object({ node, record: record.nullable(), statement: statement.nullable(), notice: notice.nullable() })
  .refine((all) => [all.record, all.statement, all.notice].every((part) => part === null || part.node === all.node), 'facts of two nodes')

const rumour = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('statement'), statement }),
  /** `by` could not reach `node`; with `verdict`, one of them has given it up. */
  z.object({
    kind: z.literal('accusation'),
    node,
    incarnation: count,
    by: z.array(node).min(1).max(limits.accusers),
    verdict: z.literal(true).optional(),
  }),
  /** The sender has facts of these versions and gives them on demand. */
  z.object({ kind: z.literal('have'), node, version: count, notice: count.optional() }),
])
export type Rumour = z.infer<typeof rumour>

const rumours = z.array(rumour).max(limits.rumours).optional()
const seq = count

const message = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ping'),
    seq,
    /** The sender holds the receiver for suspect or offline in this incarnation. */
    accused: count.optional(),
    /** The sender asks for somebody else, who wants a proof. */
    errand: z.object({ asker: node, nonce }).optional(),
    rumours,
  }),
  z.object({ type: z.literal('ack'), seq, proof: shortToken.optional(), rumours }),
  /** Please ping `target` for me. */
  z.object({ type: z.literal('ask'), seq, target: node, nonce, accused: count.optional(), rumours }),
  /** `target` answered, or did not. */
  z.object({ type: z.literal('answered'), seq, target: node, proof: shortToken, rumours }),
  z.object({ type: z.literal('unanswered'), seq, target: node, rumours }),
  /** The sender is there but does not know the receiver as a member. */
  z.object({ type: z.literal('stranger'), seq }),
  z.object({ type: z.literal('gossip'), rumours: z.array(rumour).max(limits.rumours) }),
])
export type Message = z.infer<typeof message>

/** Node, record version, incarnation, notice version, a hash of the three, and whether the sender believes it offline. */
const entry = z.tuple([node, count, count, count, count, z.boolean()])
export type Entry = z.infer<typeof entry>

const buckets = z
  .array(
    z
      .number()
      .int()
      .min(0)
      .max(bucketCount - 1),
  )
  .max(bucketCount)

const request = z.discriminatedUnion('type', [
  z.object({ type: z.literal('compare'), root: z.string().max(16) }),
  z.object({ type: z.literal('entries'), buckets, entries: z.array(entry).max(limits.entries) }),
  z.object({ type: z.literal('give'), facts: z.array(facts).max(limits.facts) }),
  z.object({ type: z.literal('fetch'), nodes: z.array(node).max(limits.nodes) }),
])
export type Request = z.infer<typeof request>

const answer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('same') }),
  z.object({ type: z.literal('stranger') }),
  z.object({ type: z.literal('buckets'), buckets: z.string().length(16 * bucketCount) }),
  z.object({
    type: z.literal('facts'),
    facts: z.array(facts).max(limits.facts),
    /** Nodes of which the answering side lacks something. */
    wants: z.array(node).max(limits.nodes),
    /** Members that the answering side believes offline, with the incarnation. */
    offline: z.array(z.tuple([node, count])).max(limits.entries),
    /** There were more facts than fit: ask again. */
    more: z.boolean(),
  }),
  z.object({ type: z.literal('taken') }),
])
export type Answer = z.infer<typeof answer>

function reader<T>(schema: z.ZodType<T>): (value: unknown) => T | null {
  return (value) => {
    const { success, data } = schema.safeParse(value)
    return success ? data : null
  }
}

const parseAnyMessage = reader(message)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/**
 * A message that arrived, checked; null when it is not one of ours. Never throws. A ping or an ack with nothing else in it,
 * which is what a mesh at rest says, is checked by hand to the same effect.
 */
export function parseMessage(value: unknown): Message | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return parseAnyMessage(value)
  const { type, seq } = value as Record<string, unknown>
  return (type === 'ping' || type === 'ack') && isCount(seq) ? { type, seq } : parseAnyMessage(value)
}
export const parseRequest = reader(request)
export const parseAnswer = reader(answer)
