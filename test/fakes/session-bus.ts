import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { busItself } from '../../electron/shell/session-bus/bus-connection.ts'
import { type BusMessage, createMessageReader, encodeMessage, messageType } from '../../electron/shell/session-bus/wire.ts'
import { eventually } from '../support/eventually.ts'

/** Why there is no bus to test with; null where there is one. */
export const reasonWithoutBus: string | null =
  process.platform !== 'linux'
    ? 'only Linux desktops have a session bus'
    : spawnSync('dbus-daemon', ['--version']).status === 0
      ? null
      : 'no dbus-daemon is installed'

/** A session bus of the test's own, by the real dbus-daemon. */
export interface SessionBus extends AsyncDisposable {
  /** As DBUS_SESSION_BUS_ADDRESS has it. */
  address: string
  path: string
}

export async function startSessionBus(folder: string): Promise<SessionBus> {
  const path = join(folder, 'bus')
  const address = `unix:path=${path.replaceAll(' ', '%20')}`
  const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', `--address=${address}`], { stdio: 'ignore' })
  await eventually('the bus listens', () => existsSync(path))
  return {
    address,
    path,
    async [Symbol.asyncDispose]() {
      if (daemon.exitCode !== null) return
      daemon.kill()
      await once(daemon, 'exit')
    },
  }
}

const watcher = 'org.kde.StatusNotifierWatcher'
/** RequestName: whoever has the name already gives way. */
const replaceExisting = 2

/** A panel that shows icons, as far as the bus knows of it: it owns the name of the watcher and says that a host is there. */
export async function startPanel(path: string): Promise<{ stop: () => Promise<void> }> {
  const socket = connect({ path })
  await once(socket, 'connect')
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')}\r\n`)
  await once(socket, 'data')
  socket.write('BEGIN\r\n')
  const sent = sender(socket)
  const read = createMessageReader()
  const isOwner = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      for (const message of read(chunk)) {
        if (message.type === messageType.answer && message.replySerial === 2) resolve()
        if (message.type === messageType.call && message.sender !== undefined) sent(answerTo(message, message.sender))
      }
    })
  })
  sent({ type: messageType.call, ...busItself, member: 'Hello', body: [] })
  sent({ type: messageType.call, ...busItself, member: 'RequestName', signature: 'su', body: [watcher, replaceExisting] })
  await isOwner
  return {
    async stop() {
      socket.end()
      await once(socket, 'close')
    },
  }
}

function sender(socket: Socket): (message: Omit<BusMessage, 'serial'>) => void {
  let serial = 0
  return (message) => void socket.write(encodeMessage({ ...message, serial: ++serial }))
}

/** Its one property that anybody asks for is whether a host is registered. */
const answerTo = ({ serial, member }: BusMessage, destination: string): Omit<BusMessage, 'serial'> =>
  member === 'Get'
    ? { type: messageType.answer, replySerial: serial, destination, signature: 'v', body: [true] }
    : { type: messageType.error, replySerial: serial, destination, errorName: 'org.freedesktop.DBus.Error.UnknownMethod', body: [] }
