/**
 * A line between two LANs that takes its time and loses packets. Not every kernel has `netem`, so the packets leave it: both
 * ends are VXLAN cards (RFC 7348), whose frames are UDP datagrams to a program in between (line-program.ts), which passes them on.
 */
import { once } from 'node:events'
import { join } from 'node:path'
import type { Host, Lab } from './lab.ts'

export interface LineOptions {
  /** One way, ms. */
  delay: number
  /** Of a hundred packets, each way. */
  loss: number
  /** A file to which all that passes is appended, as it is. */
  record?: string
}

const program = join(import.meta.dirname, 'line-program.ts')
const port = 4789
/** Addresses of the program, and of the ends: nobody else sees them. */
const sides = [
  { program: '10.255.1.1', end: '10.255.1.2' },
  { program: '10.255.2.1', end: '10.255.2.2' },
] as const

/** Lays such a line between two LANs; it is dead once disposed of, and must be before the laboratory is. */
export async function layLine(lab: Lab, lans: readonly [string, string], options: LineOptions): Promise<Disposable> {
  const name = lans[1] // short, as names of cards have to be
  const middle = await lab.host(`${name}-line`)
  for (const [index, side] of sides.entries()) {
    const [lan, cable] = [lans[index] as string, `${name}-${index}`]
    await lab.lan(cable)
    await middle.plug(cable, `side${index}`, `${side.program}/24`)
    const end = await lab.host(`${name}-end${index}`)
    await end.plug(cable, 'line', `${side.end}/24`)
    await end.plug(lan, 'lan')
    await bridge(end, side.program)
  }
  const running = middle.spawn(
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    program,
    JSON.stringify({ port, sides, ...options }),
  )
  if (running.stdout) await once(running.stdout, 'data')
  return running
}

/** Joins the LAN with frames from and to the program. */
async function bridge(end: Host, remote: string): Promise<void> {
  await end.ip('link', 'add', 'bridge', 'type', 'bridge', 'mcast_snooping', '0', 'forward_delay', '0')
  // as large packets as a cable: what is larger outside is fragmented, and put together again before the program
  await end.ip('link', 'add', 'far', 'mtu', '1500', 'type', 'vxlan', 'id', '1', 'remote', remote, 'dstport', String(port), 'nolearning')
  // each packet by itself
  await end.ip('link', 'set', 'far', 'gso_max_segs', '1')
  for (const card of ['lan', 'far']) await end.ip('link', 'set', card, 'master', 'bridge', 'up')
  await end.ip('link', 'set', 'bridge', 'up')
}
