/** One event of a text/event-stream. */
export interface StreamEvent {
  event: string
  data: string
}

/** An event longer than this is not ours; the stream is given up. Characters. */
const longestEvent = 16 * 1024 * 1024

/**
 * Parser of server-sent events (WHATWG HTML, 9.2.6), fed with pieces of text cut anywhere. Returns the events each
 * piece completes. Comments and the fields `id` and `retry` are read over. Throws when an event does not end.
 */
export function createEventParser(): (piece: string) => StreamEvent[] {
  let rest = ''
  let event = ''
  let data: string[] = []
  let size = 0

  const field = (line: string): void => {
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'event') event = value
    if (name !== 'data') return
    data.push(value)
    size += value.length
  }

  return (piece) => {
    const done: StreamEvent[] = []
    // A carriage return at the end may be the first half of CRLF: it waits for the next piece.
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') {
        field(line)
        continue
      }
      if (data.length > 0) done.push({ event: event || 'message', data: data.join('\n') })
      event = ''
      data = []
      size = 0
    }
    if (rest.length + size > longestEvent) throw new Error('an event of the stream does not end')
    return done
  }
}
