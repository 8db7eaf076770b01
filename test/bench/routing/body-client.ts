/**
 * A program of its own that fetches or sends one body and writes how long it took: `body-client.ts get|put port path bytes [rate]`,
 * fetching no faster than `rate` bytes per second.
 * On bare sockets, so that it costs little of the CPU that it shares with what is measured. Exit code 1 when the answer is no success
 * or has not as many bytes as it should.
 */
import { connect } from 'node:net'

const [method, port, path, length, rate] = process.argv.slice(2) as [string, string, string, string, string?]
const bytes = Number(length)
/** A body that takes longer is given up, ms. */
const limit = 120_000
/** What comes this much too early is taken all the same, ms: a pause shorter than that costs more than it is worth. */
const patience = 2
const block = Buffer.alloc(256 * 1024)
const receive = Buffer.alloc(256 * 1024)

let head = ''
let headEnd = -1
let received = 0
const begin = performance.now()

const socket = connect({
  port: Number(port),
  host: '127.0.0.1',
  onread: {
    buffer: receive,
    callback(count) {
      take(count)
      const early = rate === undefined ? 0 : (received / Number(rate)) * 1000 - (performance.now() - begin)
      if (early < patience) return true
      setTimeout(() => socket.resume(), early)
      return false
    },
  },
})
socket.setTimeout(limit, () => end('nothing came for too long'))
socket.on('error', (error) => end(error.message))
socket.on('close', () => end('the connection was closed'))
const type = method === 'put' ? `Content-Type: application/octet-stream\r\nContent-Length: ${bytes}\r\n` : ''
socket.write(`${method.toUpperCase()} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${type}\r\n`)
if (method === 'put') send(bytes)

function send(left: number): void {
  let rest = left
  while (rest > 0) {
    const part = rest < block.length ? block.subarray(0, rest) : block
    rest -= part.length
    if (socket.write(part)) continue
    socket.once('drain', () => send(rest))
    return
  }
}

function take(count: number): void {
  if (headEnd === -1) {
    head += receive.toString('latin1', 0, count)
    headEnd = head.indexOf('\r\n\r\n')
    if (headEnd === -1) return
    received = head.length - headEnd - 4
    if (!/^HTTP\/1\.1 20[0-9]/u.test(head)) end(head.slice(0, headEnd))
    if (method === 'put') end(null)
  } else received += count
  if (method === 'get' && received >= bytes) end(received === bytes ? null : `${received} bytes`)
}

function end(problem: string | null): never {
  if (problem !== null) process.stderr.write(`${method} ${path}: ${problem}\n`)
  else process.stdout.write(JSON.stringify({ seconds: (performance.now() - begin) / 1000 }))
  process.exit(problem === null ? 0 : 1)
}
