import { connect } from 'node:net'
import type { Failure } from '../../contract/failure.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { DialGuard } from '../support/dial-guard.ts'

/** Longest wait for a connection, ms. */
const limit = 3_000

/** Whether something accepts connections at the host and port: null when it does, else why not. Never throws. */
export async function checkPort(
  { host, port, guard }: { host: string; port: number; guard: DialGuard },
  signal: AbortSignal,
): Promise<Failure | null> {
  try {
    guard.check(host, port)
  } catch (error) {
    return toFcnError(error).toFailure()
  }
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal, timeout: limit, lookup: guard.lookup(port) })
    const end = (reason: string | null) => {
      socket.destroy()
      resolve(reason === null ? null : failure(host, port, reason))
    }
    socket
      .once('connect', () => end(null))
      .once('timeout', () => end('it takes no connection'))
      .once('error', (error) => {
        if (error instanceof FcnError) resolve(error.toFailure()) // its name leads to an address that is never dialled
        end('code' in error && error.code === 'ECONNREFUSED' ? 'nothing listens there' : error.message)
      })
  })
}

const failure = (host: string, port: number, reason: string): Failure => ({
  code: 'unreachable',
  message: `No program answers at ${host}, port ${port}: ${reason}.`,
  action: 'Start the program, or change the port of the service.',
})
