import { createServer } from 'node:net'
import type { PortCheck } from '../../contract/programs.ts'

type Tried = Exclude<PortCheck['state'], 'own'>

const states: Record<string, Tried> = { EADDRINUSE: 'taken', EACCES: 'forbidden', EADDRNOTAVAIL: 'no_address' }

/** Whether this process could listen on the port of all these addresses: it listens for a moment, one after the other. */
export async function tryPort(port: number, hosts: readonly string[]): Promise<Tried> {
  for (const host of hosts) {
    const state = await tryOne(port, host)
    if (state !== 'free') return state
  }
  return 'free'
}

function tryOne(port: number, host: string): Promise<Tried> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '' } = error
      // a system without IPv6: the node listens on IPv4 only, as it does when it starts
      if (host === '::' && (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL')) resolve(tryOne(port, '0.0.0.0'))
      else if (states[code] === undefined) reject(error)
      else resolve(states[code])
    })
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')))
  })
}
