import { once } from 'node:events'
import type { Socket } from 'node:net'
import type { Attacker } from './attacker.ts'
import type { Outsider } from './outsider.ts'

/** A link that a member has opened by hand: it writes what it likes and keeps what it hears. */
export interface HostileLink {
  readonly socket: Socket
  /** Everything heard so far, frame by frame. */
  readonly heard: unknown[][]
  write(...frames: unknown[]): void
  /** Resolves when the other side has closed it. */
  closed(): Promise<void>
}

/** Opens a link with the key of `who`; `answer` may answer questions about members (frames `["a", n, …]`). */
export async function openLink(
  attacker: Attacker,
  { tls }: Pick<Outsider, 'tls'>,
  answer: (request: { type: string }) => unknown = () => null,
): Promise<HostileLink> {
  const socket = attacker.tls(tls)
  const heard: unknown[][] = []
  let text = ''
  let open = () => undefined as void
  const opened = new Promise<void>((resolve) => (open = resolve))
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8')
    const head = text.indexOf('\r\n\r\n')
    if (text.startsWith('HTTP/1.1 101') && head > 0) {
      text = text.slice(head + 4)
      open()
    }
    for (let end = text.indexOf('\n'); end >= 0 && text.startsWith('['); end = text.indexOf('\n')) {
      const frame = JSON.parse(text.slice(0, end)) as unknown[]
      text = text.slice(end + 1)
      heard.push(frame)
      if (frame[0] === 'a')
        socket.write(`${JSON.stringify(['r', frame[1], answer((frame[2] as { request: { type: string } }).request)])}\n`)
    }
  })
  await once(socket, 'secureConnect')
  socket.write('GET /peer/v1/link HTTP/1.1\r\nHost: node\r\nConnection: Upgrade\r\nUpgrade: fcn-link\r\n\r\n')
  await opened
  return {
    socket,
    heard,
    write: (...frames) => void socket.write(frames.map((frame) => `${JSON.stringify(frame)}\n`).join('')),
    closed: () => new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve()))),
  }
}
