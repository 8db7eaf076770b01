import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { FcnError } from '../errors.ts'
import { candidatePorts, listenHosts, movedFrom } from './port-choice.ts'

interface ListenOptions {
  /** Chosen by the user; 0 lets the system choose. Absent: 3000, or the next free one up to 3019. */
  port?: number | undefined
  /** Address to listen on, besides loopback. Absent: every interface. */
  host?: string | undefined
}

/** What happens to connections and, once in a while, to the listener itself. */
interface ListenHandlers {
  accept: (socket: Socket) => void
  /** A connection could not be accepted (too many open files); the listener goes on. */
  trouble: (error: Error) => void
  /** It listens no more although nobody closed it. */
  lost: () => void
}

export interface Listener {
  readonly port: number
  readonly hosts: readonly string[]
  /** The usual port, when it was taken and another one is used. */
  readonly movedFrom: number | null
  /** Stops accepting; open connections stay with whoever got them. */
  close(): Promise<void>
}

/**
 * Accepts TCP connections on one port of one or two addresses. Throws `port_in_use` naming the port, `forbidden` for
 * a port that needs more rights, `invalid_input` for an address this computer does not have.
 */
export async function listen({ port: chosen, host }: ListenOptions, handlers: ListenHandlers): Promise<Listener> {
  for (const port of candidatePorts(chosen)) {
    try {
      const { servers, hosts, port: bound } = await bind(port, host, handlers)
      return {
        port: bound,
        hosts,
        movedFrom: movedFrom(chosen, bound),
        close: async () => void (await Promise.all(servers.map(close))),
      }
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw explain(error, port, host)
    }
  }
  throw allTaken(chosen)
}

async function bind(port: number, host: string | undefined, handlers: ListenHandlers) {
  try {
    return await bindAll(port, listenHosts(host, true), handlers)
  } catch (error) {
    const noIpv6 = codeOf(error) === 'EAFNOSUPPORT' || codeOf(error) === 'EADDRNOTAVAIL'
    if (!noIpv6 || (host !== undefined && host !== '::')) throw error
    return bindAll(port, listenHosts(host, false), handlers)
  }
}

/** All hosts or none: what was bound before a failure is given back. */
async function bindAll(port: number, hosts: string[], handlers: ListenHandlers) {
  const servers: Server[] = []
  let bound = port
  try {
    for (const host of hosts) {
      const server = await bindOne(bound, host, handlers)
      servers.push(server)
      bound = (server.address() as AddressInfo).port
    }
    return { servers, hosts, port: bound }
  } catch (error) {
    await Promise.all(servers.map(close))
    throw error
  }
}

function bindOne(port: number, host: string, { accept, trouble, lost }: ListenHandlers): Promise<Server> {
  return new Promise((resolve, reject) => {
    // half-open as in node:http: a client may close its side and still wait for the answer
    const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: 30_000 }, accept)
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', reject)
      server.on('error', trouble)
      server.on('close', lost)
      resolve(server)
    })
  })
}

/** Asked for, so nothing is lost. */
const close = (server: Server) => new Promise<void>((resolve) => server.removeAllListeners('close').close(() => resolve()))

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

function allTaken(chosen: number | undefined): FcnError {
  if (chosen !== undefined) {
    return new FcnError('port_in_use', `Port ${chosen} is taken by another program.`, {
      action: `Stop that program, or choose another port with --port.`,
      details: { port: chosen },
    })
  }
  const ports = candidatePorts(undefined)
  return new FcnError('port_in_use', `The ports ${ports[0]} to ${ports.at(-1)} are all taken by other programs.`, {
    action: 'Choose a free port with --port.',
    details: { port: ports[0] ?? null },
  })
}

function explain(error: unknown, port: number, host: string | undefined): unknown {
  if (codeOf(error) === 'EACCES') {
    return new FcnError('forbidden', `This user may not listen on port ${port}.`, {
      action: 'Choose a port from 1024 on.',
      details: { port },
      cause: error,
    })
  }
  if (codeOf(error) === 'EADDRNOTAVAIL') {
    return new FcnError('invalid_input', `This computer has no address ${host}.`, {
      action: 'Choose one of its own addresses with --host, or none for all of them.',
      details: { host: host ?? null },
      cause: error,
    })
  }
  return error
}
