import { connect as connectPlain, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls'
import type { NodeProcess } from '../node-process.ts'

/** What came back on a connection until it was closed. */
export interface Answer {
  /** Status of each answer; one for one request, or something was smuggled in. */
  statuses: number[]
  /** `code` of the (last) answer when it is a Failure. */
  code: string | undefined
  text: string
}

/** Somebody at an address of their own, so that what they do has lines of its own in the audit log. */
export interface Attacker {
  address: string
  plain(): Socket
  /** Without `tls.cert` it has no certificate. */
  tls(options?: ConnectionOptions): TLSSocket
}

/** Attackers of one node. All of 127.0.0.0/8 is this machine on Linux; elsewhere they share 127.0.0.1. */
export function createAttackers(node: () => NodeProcess): () => Attacker {
  let last = 0
  return () => {
    last += 1
    const address = process.platform === 'linux' ? `127.0.${1 + (last >> 8)}.${last & 0xff}` : '127.0.0.1'
    const target = () => ({ port: node().port, host: '127.0.0.1', localAddress: address })
    return {
      address,
      plain: () => connectPlain(target()),
      tls: (options = {}) => connectTls({ ...target(), rejectUnauthorized: false, ...options }),
    }
  }
}

/** Sends the bytes and reads until the other side closes, at most `limit` ms. A connection that breaks is an answer, too. */
export async function exchange(socket: Socket, bytes: string | Buffer, limit = 20_000): Promise<Answer> {
  let text = ''
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')))
  socket.on('error', () => socket.destroy())
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  const late = setTimeout(() => socket.destroy(), limit)
  socket.write(bytes)
  await closed
  clearTimeout(late)
  return answerIn(text)
}

function answerIn(text: string): Answer {
  const statuses = Array.from(text.matchAll(/HTTP\/1\.1 (\d{3}) /gu), (match) => Number(match[1]))
  const code = /"code":"(\w+)"/u.exec(text)?.[1]
  return { statuses, code, text }
}

/** A whole request that closes its connection; `headers` as they are, one per line. */
export function requestText(line: string, headers: readonly string[], body = ''): string {
  const length = body === '' ? [] : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(body)}`]
  return [`${line} HTTP/1.1`, ...headers, ...length, 'Connection: close', '', body].join('\r\n')
}
