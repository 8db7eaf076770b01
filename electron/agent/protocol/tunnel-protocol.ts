/** What a member and a hub say to each other (relay/README.md). */
import { constants } from 'node:http2'
import { z } from 'zod'
import { idText } from './messages.ts'

/** What a tunnel is asked for by, in the header `Upgrade`. */
export const tunnelProtocol = 'fcn-tunnel'

/** Of a stream that waits for somebody who wants to reach this member. */
export const acceptPath = '/accept'

/** In answers: what admits this side to the lane of the connection. */
export const laneHeader = 'x-fcn-lane'
/** In answers to `accept`: who wants to reach this member. Only the TLS inside proves it. */
export const fromHeader = 'x-fcn-from'

/** 128 bits, base64url. */
const ticketLength = 22
export const ticketBytes = 16
export const ticket = z.string().regex(/^[A-Za-z0-9_-]{22}$/u)

/** Longest wait for a lane, ms; then the tunnel carries the connection. */
export const laneLimit = 1_000
/** Silence of a lane after which each side's system asks whether the other is there, ms: routers forget silent flows, some after 20 s. */
export const laneKeepAlive = 15_000

const lanePrefix = 'FCN-LANE '
/** What a lane begins with has this length, bytes. */
export const laneHeadLength = lanePrefix.length + ticketLength + 1
export const laneHead = (code: string): string => `${lanePrefix}${code}\n`
/** The hub's answer when the other side is there, too. */
export const laneReady = `${lanePrefix}ok\n`

/** Null when more bytes are needed to tell. */
export function beginsLane(bytes: string): boolean | null {
  if (bytes.length < lanePrefix.length) return lanePrefix.startsWith(bytes) ? null : false
  if (!bytes.startsWith(lanePrefix)) return false
  return bytes.length < laneHeadLength ? null : true
}

/** The ticket of a lane's head; null when it is none. */
export function ticketOf(head: string): string | null {
  const { success, data } = ticket.safeParse(head.slice(lanePrefix.length, -1))
  return success && laneHead(data) === head ? data : null
}

/** Settings of both sides: a stream holds at most its window in memory, bytes. */
export const sessionOptions = {
  settings: { initialWindowSize: 128 * 1024, maxConcurrentStreams: 1_024, enablePush: false },
  /** For all streams of one tunnel, MB. */
  maxSessionMemory: 64,
  peerMaxConcurrentStreams: 1_024,
}
/** What a whole tunnel may have under way, bytes. */
export const sessionWindow = 1024 * 1024

/** Headers of what the hub answers, and of what a member asks. */
export const askHeaders = z.union([
  z.looseObject({ [constants.HTTP2_HEADER_METHOD]: z.literal('CONNECT'), [constants.HTTP2_HEADER_AUTHORITY]: idText }),
  z.looseObject({ [constants.HTTP2_HEADER_METHOD]: z.literal('POST'), [constants.HTTP2_HEADER_PATH]: z.literal(acceptPath) }),
])
export const answerHeaders = z.object({
  ':status': z.number().int(),
  [laneHeader]: ticket.optional(),
  [fromHeader]: idText.optional(),
})
