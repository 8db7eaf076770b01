import type { Socket } from 'node:net'
import { type Message, readStrictly } from './strict-http.ts'

export interface Talk {
  /** Final answers in order; 1xx are left out. */
  answers: Message[]
  /** Interim ones. */
  interim: Message[]
  /** Bytes after the last whole answer. */
  rest: string
  closed: boolean
}

export const statusOf = ({ line }: Message): number => Number(line.split(' ')[1])
export const headerOf = ({ headers }: Message, name: string): string | undefined => headers.find(([one]) => one === name)?.[1]

/** How long more may come after the last answer, ms. */
const moment = 20

/**
 * Sends bytes as they are and reads answers by the letter until there is one for each of `methods` and a moment has
 * passed in which more could come, or the connection closed, or `limit` ms are over. Throws `Ambiguous`.
 */
export async function talk(socket: Socket, bytes: string, methods: readonly string[], limit = 10_000): Promise<Talk> {
  const result: Talk = { answers: [], interim: [], rest: '', closed: false }
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(resolve, limit)
  const read = () => {
    const to = methods[result.answers.length] ?? 'GET'
    const found = readStrictly(result.rest, { of: 'answer', to }, result.closed)
    if (found === null) return false
    result.rest = found.rest
    ;(statusOf(found.message) < 200 ? result.interim : result.answers).push(found.message)
    return true
  }
  const take = () => {
    try {
      while (result.rest !== '' && read());
      if (result.answers.length >= methods.length) setTimeout(resolve, moment)
    } catch (error) {
      reject(error)
    }
  }
  socket.on('error', () => socket.destroy()) // a connection that breaks has closed
  socket.on('data', (chunk: Buffer) => {
    result.rest += chunk.toString('latin1')
    take()
  })
  socket.once('close', () => {
    result.closed = true
    take()
    resolve()
  })
  socket.write(Buffer.from(bytes, 'latin1'))
  try {
    await promise
  } finally {
    clearTimeout(late)
    socket.destroy()
  }
  return result
}
