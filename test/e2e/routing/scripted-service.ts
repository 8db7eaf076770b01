import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** What a program sends for a request, as it is. */
export interface Script {
  name: string
  /** Asked with this method; GET when absent. */
  method?: string
  /** `end`: the connection is closed after it. */
  send: string | ((socket: Socket) => void)
  end?: boolean
  /** `refused`: the caller hears that the answer is none. `clean`: it hears this status, and this body where given. */
  fate: 'refused' | 'either' | { status: number; body?: string }
}

export interface ScriptedService {
  port: number
  stop(): Promise<void>
}

/**
 * A program that does what a script says at `/<index of it>`, and answers everything else with its target. It looks for
 * the ends of heads only: bodies are not read.
 */
export async function startScriptedService(scripts: readonly Script[]): Promise<ScriptedService> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket)) // the node may cut it off, rightly
    socket.on('data', (bytes: Buffer) => {
      for (const [, target = ''] of bytes.toString('latin1').matchAll(/^[A-Z]+ (\/\S*) HTTP\/1\.1\r\n/gmu)) answer(socket, target)
    })
  })
  const answer = (socket: Socket, target: string) => {
    const script = /^\/\d+$/u.test(target) ? scripts[Number(target.slice(1))] : undefined
    if (script === undefined) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${target.length}\r\n\r\n${target}`)
    else if (typeof script.send === 'function') script.send(socket)
    else socket.write(Buffer.from(script.send, 'latin1'))
    if (script?.end === true) socket.end()
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
