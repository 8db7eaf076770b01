/** The middle of a line (slow-line.ts): datagrams from one end go to the other, later, or not at all. Ends with SIGKILL. */
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { openSync, writeSync } from 'node:fs'
import { completeChecksum } from './checksum.ts'
import type { LineOptions } from './slow-line.ts'

interface Line extends LineOptions {
  port: number
  sides: { program: string; end: string }[]
}

const { port, sides, delay, loss, record } = JSON.parse(process.argv[2] as string) as Line
const recording = record === undefined ? null : openSync(record, 'a')
/** What waits for this program, bytes. */
const patience = 8 * 1024 * 1024
/** Of VXLAN; the frame follows. */
const headerLength = 8

const open = async (address: string): Promise<Socket> => {
  const socket = createSocket({ type: 'udp4', recvBufferSize: patience, sendBufferSize: patience }).bind(port, address)
  await once(socket, 'listening')
  return socket
}

const sockets = await Promise.all(sides.map(({ program }) => open(program)))
for (const [index, socket] of sockets.entries()) {
  const [other, { end }] = [sockets[1 - index] as Socket, sides[1 - index] as Line['sides'][number]]
  socket.on('message', (datagram) => {
    completeChecksum(datagram.subarray(headerLength))
    if (recording !== null) writeSync(recording, datagram)
    if (Math.random() * 100 < loss) return
    // timers of one duration fire in the order in which they were set: nothing overtakes
    if (delay === 0) other.send(datagram, port, end)
    else setTimeout(() => other.send(datagram, port, end), delay)
  })
}
process.stdout.write('ready\n')
