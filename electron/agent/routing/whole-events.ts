/** Streams whose events or lines reach the caller whole. Pure. */
import type { FcnError } from '../errors.ts'
import type { AnswerStream } from './answer-form.ts'

/** More than this is not held back for its end, bytes: whoever writes such events gets them cut. */
const maxHeld = 256 * 1024

const newline = 0x0a
const carriageReturn = 0x0d
const nothing = Buffer.alloc(0)

/**
 * Where the last whole event ends: behind an empty line for server-sent events (WHATWG HTML, 9.2.6), behind a line for lines
 * of JSON. 0 when none is whole.
 */
export function endOfWhole(bytes: Buffer, kind: 'events' | 'lines'): number {
  if (kind === 'lines') return bytes.lastIndexOf(newline) + 1
  for (let at = bytes.lastIndexOf(newline); at > 0; at = bytes.lastIndexOf(newline, at - 1)) {
    const before = bytes[at - 1]
    const isEmptyLine = before === newline || (before === carriageReturn && bytes[at - 2] === newline)
    if (isEmptyLine) return at + 1
  }
  return 0
}

/** Which form a stream has by its content type; null: it is none. */
export function kindOf(contentType: string | undefined): 'events' | 'lines' | null {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === 'text/event-stream') return 'events'
  return type === 'application/x-ndjson' || type === 'application/jsonl' ? 'lines' : null
}

/** `failureOf` writes the failure as an event or line of its own. */
export function createWholeEvents(kind: 'events' | 'lines', failureOf: (error: FcnError) => string): AnswerStream {
  let held: Buffer = nothing
  return {
    push(chunk) {
      const all = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      const end = all.length > maxHeld ? all.length : endOfWhole(all, kind)
      held = end === all.length ? nothing : all.subarray(end)
      return end === 0 ? nothing : all.subarray(0, end)
    },
    end() {
      const rest = held
      held = nothing
      return rest
    },
    fail(error) {
      held = nothing // a half of an event is of no use to anybody
      return Buffer.from(failureOf(error))
    },
  }
}
