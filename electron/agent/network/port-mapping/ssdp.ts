/**
 * Asks for the address of a router's UPnP description (SSDP). Anybody on the network can answer; only what the router
 * itself sends is read, and only an address of the router itself comes out.
 */
import type { Socket } from 'node:dgram'
import type { Clock } from '../../support/clock.ts'
import { talk } from './datagram-talk.ts'
import type { Route } from './default-route.ts'

const group = '239.255.255.250'
/** How often is asked, and when it is given up, ms. Routers answer at random within the second they are given (`MX`). */
const asked = [0, 600]
const giveUp = 2_500
/** A router with several descriptions sends them at once: from the first to the last, ms. */
const gatherTime = 150
/** Different addresses taken from one router. */
const maxLocations = 4

/** Both versions: a router of version 2 answers for 1 as well, unless it is sloppy. */
const targets = [1, 2].map((version) => `urn:schemas-upnp-org:device:InternetGatewayDevice:${version}`)

const question = (target: string, port: number) =>
  Buffer.from(`M-SEARCH * HTTP/1.1\r\nHOST: ${group}:${port}\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ${target}\r\n\r\n`)

/** The description that an answer of `gateway` leads to; null when it is none, or leads to another machine. Pure. */
export function locationOf(packet: string, gateway: string): URL | null {
  if (!/^HTTP\/1\.[01] 200 /u.test(packet)) return null
  const header = (name: string) => new RegExp(`^${name}:[ \\t]*(\\S+)[ \\t]*\\r?$`, 'imu').exec(packet)?.[1]
  if (!targets.includes(header('st') ?? '')) return null
  return routerUrl(header('location') ?? '', gateway)
}

/** An address of the router's own web server, given by itself; null for any other machine. `base`: what it is relative to. Pure. */
export function routerUrl(text: string, gateway: string, base?: URL): URL | null {
  const url = URL.parse(text, base)
  const isItself = url?.protocol === 'http:' && url.hostname === gateway && url.username === '' && url.password === ''
  return isItself ? url : null
}

/** The descriptions that the router names, none when it is silent. Rejects when aborted. */
export function findDescriptions(
  { clock, port = 1900 }: { clock: Clock; port?: number },
  { gateway, own }: Route,
  signal: AbortSignal,
): Promise<URL[]> {
  return talk<URL[]>({ clock, signal, silence: [] }, ({ socket, onPacket, after, end }) => {
    const found = new Map<string, URL>()
    const done = () => end([...found.values()])
    onPacket((packet, { address }) => {
      const location = address === gateway ? locationOf(packet.toString('latin1'), gateway) : null
      if (location === null || found.size >= maxLocations) return
      found.set(location.href, location)
      if (found.size === 1) after(gatherTime, done)
    })
    const ask = () => {
      for (const target of targets) {
        const packet = question(target, port)
        // to the router alone as well: a firewall here lets answers of one that was asked through
        for (const host of [group, gateway]) socket.send(packet, port, host, (error) => void (error && host === gateway && done()))
      }
    }
    socket.once('listening', () => {
      if (!aimAt(socket, own)) return done()
      for (const at of asked) after(at, ask)
      after(giveUp, done)
    })
    socket.bind({ address: own, exclusive: true })
  })
}

/** Sends what is for many out of the interface with that address only; false when it has gone meanwhile. */
function aimAt(socket: Socket, own: string): boolean {
  try {
    socket.setMulticastInterface(own)
    socket.setMulticastTTL(2)
    return true
  } catch {
    return false // EADDRNOTAVAIL
  }
}
