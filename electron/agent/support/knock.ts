import { connect } from 'node:net'

/** Whether something takes a connection at that place within `limit` ms. Nobody there is the usual case and no failure: never rejects. */
export function listens(host: string, port: number, limit: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal: AbortSignal.timeout(limit) })
    const end = (answer: boolean) => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}
