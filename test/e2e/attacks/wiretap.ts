import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** Somebody on the way between a client and a node: sees and may alter what the client sends. */
export interface Wiretap extends AsyncDisposable {
  port: number
  /** All that clients have sent. */
  recorded(): Buffer
  /** From now on the next two TLS records of the client are sent on in the other order. */
  swapNext(): void
}

/** Content type, version and length of a TLS record come before its content (RFC 8446, 5.1). */
const headerLength = 5

export async function startWiretap(target: { port: number; localAddress: string }): Promise<Wiretap> {
  const chunks: Buffer[] = []
  const sockets = new Set<Socket>()
  let swapping = false

  const server = createServer((client) => {
    const node = connect({ ...target, host: '127.0.0.1' })
    let held = Buffer.alloc(0)
    for (const socket of [client, node]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => void [client, node].map((each) => each.destroy()))
    }
    node.pipe(client)
    client.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      if (!swapping) {
        node.write(chunk)
        return
      }
      held = Buffer.concat([held, chunk])
      const records = recordsIn(held)
      if (records.length < 2) return
      swapping = false
      node.write(Buffer.concat(records.toReversed()))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')

  return {
    port: (server.address() as AddressInfo).port,
    recorded: () => Buffer.concat(chunks),
    swapNext: () => void (swapping = true),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** The whole records at the beginning of `bytes`. */
function recordsIn(bytes: Buffer): Buffer[] {
  const records: Buffer[] = []
  for (let at = 0; at + headerLength <= bytes.length;) {
    const end = at + headerLength + bytes.readUInt16BE(at + 3)
    if (end > bytes.length) break
    records.push(bytes.subarray(at, end))
    at = end
  }
  return records
}
