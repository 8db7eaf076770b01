/**
 * A program of its own with many readers that are slow: `slow-readers.ts port path count`. Each opens a connection, asks, and takes so
 * little at a time that a large answer would need hours. Writes a line with the number of answers that have begun each time that grows.
 * Ends with SIGTERM.
 */
import { connect } from 'node:net'

/** Bytes taken at once, and how often, ms: 32 KiB/s. */
const sip = 8 * 1024
const pause = 250

const [port, path, count] = process.argv.slice(2) as [string, string, string]
let begun = 0

for (let index = 0; index < Number(count); index++) {
  let answered = false
  const socket = connect({
    port: Number(port),
    host: '127.0.0.1',
    onread: {
      buffer: Buffer.alloc(sip),
      callback(_bytes, buffer) {
        if (!answered && Buffer.from(buffer).toString('latin1', 0, 12) === 'HTTP/1.1 200') process.stdout.write(`${++begun}\n`)
        answered = true
        setTimeout(() => socket.resume(), pause)
        return false
      },
    },
  })
  socket.on('error', () => undefined) // one that is refused is not counted
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
}
process.once('SIGTERM', () => process.exit(0))
setInterval(() => undefined, 60_000) // stays, whatever happens to its connections
