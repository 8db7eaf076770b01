/**
 * A program of its own that asks one request after the other on one kept connection: `latency-client.ts port path count`. Writes as JSON
 * how long each took, ms; for a server-sent event how long it was under way since its service sent it. Waits for no answer longer than
 * `limit`, which then is its time, and for all together no longer than `together`.
 */
import { connect, type Socket } from 'node:net'

const limit = 5_000
const together = 30_000

const [port, path, count] = process.argv.slice(2) as [string, string, string]
const head = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`
const times: number[] = []
const began = performance.now()

let socket = open()
while (times.length < Number(count) && performance.now() - began < together) times.push(await ask())
process.stdout.write(JSON.stringify(times))
process.exit(0)

function open(): Socket {
  return connect(Number(port), '127.0.0.1').setNoDelay(true)
}

function ask(): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    let text = ''
    let event: number | null = null
    const done = (ms: number) => {
      clearTimeout(late)
      socket.removeAllListeners()
      resolve(ms)
    }
    const late = setTimeout(() => {
      socket.destroy()
      done(limit)
      socket = open()
    }, limit)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      const sent = event === null ? /^data: (\d+)$/mu.exec(text)?.[1] : undefined
      if (sent !== undefined) event = Number(process.hrtime.bigint() - BigInt(sent)) / 1e6
      if (isWhole(text)) done(event ?? performance.now() - begin)
    })
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`The connection was closed: ${text.slice(0, 200)}`)))
    socket.write(head)
  })
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return false
  if (!text.startsWith('HTTP/1.1 200')) throw new Error(text.slice(0, end))
  const length = /\r\ncontent-length: (\d+)/iu.exec(text.slice(0, end))?.[1]
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length)
}
