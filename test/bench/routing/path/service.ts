/**
 * A program that a node shares, on the port given as argument: `/small` answers at once; `/event` answers its head at once and a moment
 * later one server-sent event that says when it was sent; `/stream` answers 1 GiB, `/stream/<bytes>` so much, as fast as it is read. Ends
 * with SIGTERM.
 */
import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

const block = Buffer.alloc(64 * 1024)
const streamLength = 2 ** 30
/** Between head and event, ms: long enough that they do not travel together. */
const pause = 5
const small = Buffer.from(JSON.stringify({ ok: true, data: 'x'.repeat(180) }))

function stream(response: ServerResponse, length = streamLength): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': length })
  let left = length
  const write = () => {
    while (left > 0 && !response.destroyed) {
      const part = left < block.length ? block.subarray(0, left) : block
      left -= part.length
      if (!response.write(part)) {
        response.once('drain', write)
        return
      }
    }
    response.end()
  }
  write()
}

async function event(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  await delay(pause)
  response.end(`data: ${process.hrtime.bigint()}\n\n`)
}

createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  const path = request.url ?? ''
  const [streamed, length] = /\/stream(?:\/(\d+))?$/u.exec(path) ?? []
  if (streamed !== undefined) stream(response, length === undefined ? undefined : Number(length))
  else if (path.endsWith('/event')) void event(response)
  else response.writeHead(200, { 'content-type': 'application/json', 'content-length': small.length }).end(small)
}).listen(Number(process.argv[2]), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
