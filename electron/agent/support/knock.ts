import { connect } from 'node:net'

/** Where a program takes connections. */
export interface Door {
  host: string
  port: number
}

/** What a machine says to a new connection. `refused`: it is there, and nothing listens at that port. */
export type Knock = 'taken' | 'refused' | 'silent'

/** Asks for a connection and leaves. Nobody there is the usual case and no failure: never rejects, and takes `limit` ms at most. */
export function knock({ host, port }: Door, limit: number): Promise<Knock> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal: AbortSignal.timeout(limit) })
    const end = (said: Knock) => {
      socket.destroy()
      resolve(said)
    }
    socket.once('connect', () => end('taken'))
    socket.once('error', (error) => end('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent'))
  })
}

/** Whether something takes a connection there within `limit` ms. Never rejects. */
export const listens = async (host: string, port: number, limit: number): Promise<boolean> =>
  (await knock({ host, port }, limit)) === 'taken'
