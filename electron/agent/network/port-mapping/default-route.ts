/** The router of this machine: where packets for the internet go first. IPv4 only, as nothing else is mapped. */
import { createSocket } from 'node:dgram'
import { readFile } from 'node:fs/promises'
import { isIPv4 } from 'node:net'
import { toolOutput } from '../../support/tool-output.ts'

/** The way out of the local network. */
export interface Route {
  /** Address of the router. */
  gateway: string
  /** Address under which the router knows this machine. */
  own: string
}

/** Of `/proc/net/route`: numbers are hexadecimal, addresses in the machine's byte order (little-endian wherever this runs). */
export function linuxGateway(text: string): string | null {
  const routes = text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/u))
    .flatMap(([, destination, gateway = '', flags = '', , , metric, mask]) =>
      destination === '00000000' && mask === '00000000' && (parseInt(flags, 16) & throughGateway) !== 0
        ? [{ gateway: fromHex(gateway), metric: Number(metric) }]
        : [],
    )
  return best(routes)
}

/** Flags of a route: RTF_GATEWAY. */
const throughGateway = 2

const fromHex = (hex: string) =>
  /^[0-9a-f]{8}$/iu.test(hex)
    ? (hex.match(/../gu) ?? [])
        .map((byte) => parseInt(byte, 16))
        .toReversed()
        .join('.')
    : ''

/** Of `route -n get default` on macOS. */
export function macGateway(text: string): string | null {
  const [, gateway = ''] = /^\s*gateway:\s*(\S+)/mu.exec(text) ?? []
  return best([{ gateway, metric: 0 }])
}

/** Of `route print 0.0.0.0` on Windows, in any language: target, mask, gateway, own address, metric. */
export function windowsGateway(text: string): string | null {
  const rows = text.matchAll(/^\s*0\.0\.0\.0\s+0\.0\.0\.0\s+(\S+)\s+\S+\s+(\d+)\s*$/gmu)
  return best(Array.from(rows, ([, gateway = '', metric]) => ({ gateway, metric: Number(metric) })))
}

function best(routes: readonly { gateway: string; metric: number }[]): string | null {
  const usable = routes.filter(({ gateway }) => isIPv4(gateway) && gateway !== '0.0.0.0')
  return usable.toSorted((a, b) => a.metric - b.metric)[0]?.gateway ?? null
}

/** Asks the system; null where there is no router, or it cannot be found out. */
export async function findRoute(platform: NodeJS.Platform): Promise<Route | null> {
  const gateway = await gatewayOf(platform)
  if (gateway === null) return null
  const own = await ownAddressTowards(gateway)
  return own === null ? null : { gateway, own }
}

async function gatewayOf(platform: NodeJS.Platform): Promise<string | null> {
  if (platform === 'linux') return linuxGateway(await readFile('/proc/net/route', 'utf8').catch(() => '')) // absent: no IPv4
  if (platform === 'darwin') return macGateway((await toolOutput('route', ['-n', 'get', 'default'])) ?? '')
  if (platform === 'win32') return windowsGateway((await toolOutput('route', ['print', '0.0.0.0'])) ?? '')
  return null
}

/** Connecting a datagram socket sends nothing, but makes the system choose the address it would send from. */
function ownAddressTowards(gateway: string): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    const end = (own: string | null) => {
      socket.close()
      resolve(own)
    }
    socket.once('error', () => end(null)) // no way there
    socket.once('connect', () => end(socket.address().address))
    socket.connect(anyPort, gateway)
  })
}

const anyPort = 9
