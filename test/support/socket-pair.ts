import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** Both ends of a TCP connection on loopback, which may be half-closed unless told otherwise. They are destroyed when the running test ends. */
export async function socketPair({ allowHalfOpen = true } = {}): Promise<[Socket, Socket]> {
  const server = createServer({ allowHalfOpen })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const near = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', allowHalfOpen })
  const [far] = (await once(server, 'connection')) as [Socket]
  server.close()
  for (const socket of [near, far]) socket.on('error', () => socket.destroy())
  onTestFinished(() => [near, far].forEach((socket) => socket.destroy()))
  return [near, far]
}
