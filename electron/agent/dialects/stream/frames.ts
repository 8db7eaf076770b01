import type { Framing } from '../dialect.ts'
import { largestEvent } from '../limits.ts'
import { createLineCutter } from './lines.ts'

/** One piece of a stream. */
export interface Frame {
  /** As it came, with what ends it. */
  raw: Buffer
  /** Its JSON text, or `[DONE]`; empty for a comment or an empty line. */
  data: string
}

export interface FrameCutter {
  /** Null: a piece is larger than `largestEvent`. */
  push(bytes: Uint8Array): Frame[] | null
  /** A piece that the end of the stream ends. */
  rest(): Frame[]
}

const isEmpty = (line: Buffer) => line.length <= 2 && (line[0] === 0x0a || (line[0] === 0x0d && line[1] === 0x0a))

/** The data of a server-sent event. Its name is not needed: all dialects repeat it in the JSON. */
function dataOf(event: string): string {
  const lines = event.split('\n').flatMap((line) => {
    if (!line.startsWith('data:')) return []
    return [line.slice(line[5] === ' ' ? 6 : 5).replace(/\r$/u, '')]
  })
  return lines.join('\n')
}

export function createFrameCutter(framing: Framing): FrameCutter {
  const cutter = createLineCutter(largestEvent)
  let lines: Buffer[] = []
  let size = 0

  function event(): Frame {
    const raw = lines.length === 1 ? (lines[0] ?? Buffer.alloc(0)) : Buffer.concat(lines)
    lines = []
    size = 0
    return { raw, data: dataOf(raw.toString('utf8')) }
  }

  return {
    push(bytes) {
      const whole = cutter.push(bytes)
      if (whole === null) return null
      if (framing === 'lines') return whole.map((raw) => ({ raw, data: raw.toString('utf8').trim() }))
      const frames: Frame[] = []
      for (const line of whole) {
        size += line.length
        if (size > largestEvent) return null
        lines.push(line)
        if (isEmpty(line)) frames.push(event())
      }
      return frames
    },
    rest() {
      const last = cutter.rest()
      if (framing === 'lines') return last.length === 0 ? [] : [{ raw: last, data: last.toString('utf8').trim() }]
      if (last.length > 0) lines.push(last)
      return lines.length === 0 ? [] : [event()]
    },
  }
}

/** A server-sent event; Anthropic’s and the newer OpenAI’s have names. */
export const serverEvent = (data: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

export const jsonLine = (data: unknown): string => `${JSON.stringify(data)}\n`

export const eventStreamType = 'text/event-stream; charset=utf-8'
export const linesType = 'application/x-ndjson'
export const jsonType = 'application/json; charset=utf-8'
