/** Cuts bytes into lines, wherever the network cut them. The bytes are kept, not copied: their memory must not be used again. */
export interface LineCutter {
  /** Whole lines with their newline. Null: a line is longer than the limit; nothing can be read any more. */
  push(bytes: Uint8Array): Buffer[] | null
  /** What came after the last newline. */
  rest(): Buffer
}

const newline = 0x0a

/** `limit`: longest line in bytes. Every byte is looked at once, however the line is cut. */
export function createLineCutter(limit: number): LineCutter {
  let pieces: Buffer[] = []
  let size = 0

  function take(last: Buffer): Buffer {
    const line = pieces.length === 0 ? last : Buffer.concat([...pieces, last])
    pieces = []
    size = 0
    return line
  }

  return {
    push(bytes) {
      const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const lines: Buffer[] = []
      let from = 0
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
        if (size + at + 1 - from > limit) return null
        lines.push(take(chunk.subarray(from, at + 1)))
        from = at + 1
      }
      if (from < chunk.length) {
        size += chunk.length - from
        if (size > limit) return null
        pieces.push(chunk.subarray(from))
      }
      return lines
    },
    rest: () => take(Buffer.alloc(0)),
  }
}
