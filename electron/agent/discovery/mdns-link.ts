/**
 * mDNS on one interface and address family: one instance of bonjour-service, which frames packets, joins the group,
 * publishes, answers and asks. What it does not do right (told where it is mended) stays in this file and own-answers.ts.
 */
import bonjour from 'bonjour-service'
import type { LocalInterface } from '../network/local-interfaces.ts'
import type { Clock } from '../support/clock.ts'
import { plainAddress } from '../support/loopback.ts'
import { createRateLimit } from '../support/rate-limit.ts'
import { type Announcement, hostName, instanceName, serviceDomain, serviceType, textOf } from './announcement.ts'
import { createGatedSocket } from './gated-socket.ts'
import { type DnsAnswer, type DnsRecord, isKnown, ownAnswer, ownWords } from './own-answers.ts'
import { createPacketGate } from './packet-gate.ts'
import { readSighting, type Sighting } from './sighting.ts'

/** Answers on one link: as many as somebody who looks at the list asks for, however many others look too. */
const answerRate = { burst: 6, perSecond: 2, maxKeys: 1 }
/** Longest wait until a goodbye has left, ms. */
const goodbyeLimit = 500

export type Family = 'IPv4' | 'IPv6'

export interface MdnsLink {
  /** Says so on the link, again later with growing intervals, and answers whoever asks. */
  announce(announcement: Announcement): void
  /** Takes it back with a goodbye. */
  goodbye(): Promise<void>
  /** Asks who is there, and begins to listen. Every answer is told, also of what was known. */
  ask(): void
  /** Says goodbye and closes. Safe to call twice. */
  close(): Promise<void>
}

export interface MdnsLinkComponents {
  clock: Clock
  heard: (sighting: Sighting) => void
  /** A service instance is taken back by who sends from that address. */
  gone: (instance: string, source: string) => void
  /** The outcome of each packet sent. */
  sent: (error: Error | null) => void
  /** The link cannot be used any more. */
  failed: (error: Error) => void
}

interface MdnsLinkOptions {
  on: LocalInterface
  family: Family
  /** Our own id: its host name is asked for, too. */
  id: string
}

/** The parts of multicast-dns, below bonjour-service, that are used here. */
interface Mdns {
  on(event: 'error' | 'warning', listener: (error: Error) => void): void
  on(event: 'response', listener: (packet: DnsAnswer, from: { address: string }) => void): void
  prependListener(event: 'query', listener: (packet: { answers: DnsRecord[] }) => void): void
  respond(answer: DnsAnswer | DnsRecord[], done?: (error?: Error | null) => void): void
}

/** Throws when no socket can be made. */
export function createMdnsLink({ clock, heard, gone, sent, failed }: MdnsLinkComponents, { on, family, id }: MdnsLinkOptions): MdnsLink {
  const gate = createPacketGate({ clock }, { on, words: ownWords(id) })
  const socket = createGatedSocket({ family, gate, onSent: sent })
  // one instance per interface: by itself the package sends on the default route's interface only
  const options: object = { socket, ...place(on, family) }
  const dns = new bonjour.Bonjour(options, sent)
  const { mdns } = (dns as unknown as { server: { mdns: Mdns } }).server
  let service: bonjour.Service | null = null
  let browser: bonjour.Browser | null = null
  let closed = false

  const fail = (error: Error) => {
    if (!closed) failed(error)
  }
  // without these two a port held by another program ends the process
  mdns.on('error', fail)
  mdns.on('warning', (error) => {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) fail(error) // a packet that makes no sense is none of the system's errors
  })
  correctAnswers(mdns, on, clock)
  mdns.on('response', ({ answers }, { address }) => {
    for (const name of goodbyes(answers)) gone(name, plainAddress(address))
  })

  const stopService = async () => {
    const stopping = service
    service = null
    if (stopping === null) return
    await new Promise<void>((resolve) => {
      const cancel = clock.after(goodbyeLimit, resolve)
      ;(stopping.stop as (done: () => void) => void)(() => {
        cancel()
        resolve()
      })
    })
  }

  return {
    announce(announcement) {
      if (closed || service !== null) return
      service = dns.publish({
        name: instanceName(announcement),
        type: serviceType,
        protocol: 'tcp',
        port: announcement.port,
        host: hostName(announcement.id),
        txt: textOf(announcement),
        // names are unique by their id; the package would take another interface of this machine for a rival
        probe: false,
      })
    },
    goodbye: stopService,
    ask() {
      if (closed) return
      if (browser !== null) {
        browser.update()
        return
      }
      const looking = dns.find({ type: serviceType, protocol: 'tcp' }, (found) => {
        forget(looking)
        const sighting = readSighting(found, on)
        if (sighting !== null) heard(sighting)
      })
      browser = looking
    },
    async close() {
      if (closed) return
      await stopService()
      closed = true
      browser?.stop()
      await new Promise<void>((resolve) => {
        dns.destroy(resolve)
      })
    },
  }
}

/** How multicast-dns names the interface: by an IPv4 address of it, or by scope. */
function place({ addresses, scope }: LocalInterface, family: Family): object {
  if (family === 'IPv6') return { type: 'udp6', ip: 'ff02::fb', interface: `::%${scope}`, bind: '::' }
  return { type: 'udp4', interface: addresses.find((address) => address.family === 'IPv4')?.address, bind: '0.0.0.0' }
}

/** A browser keeps what it heard for ever, and tells nothing of what it hears again or from another address. */
function forget(browser: bonjour.Browser): void {
  browser.services.length = 0
  ;(browser as unknown as { serviceMap: object }).serviceMap = {}
}

/** Everything this node says passes here. */
function correctAnswers(mdns: Mdns, on: LocalInterface, clock: Clock): void {
  const rate = createRateLimit(answerRate, clock)
  const respond = mdns.respond.bind(mdns)
  let known: readonly DnsRecord[] = []
  mdns.prependListener('query', ({ answers }) => {
    known = answers
  })
  mdns.respond = (said, done = () => {}) => {
    const isAnswer = !Array.isArray(said) // announcements and goodbyes are lists
    const answer = ownAnswer(isAnswer ? said : { answers: said }, on)
    const needless = answer.answers.length === 0 || (isAnswer && (isKnown(answer, known) || !rate.take('')))
    if (needless) done()
    else respond(answer, done)
  }
}

const goodbyes = (answers: readonly DnsRecord[]): string[] =>
  answers
    .filter(({ type, ttl, name }) => type === 'PTR' && ttl === 0 && name.toLowerCase() === serviceDomain)
    .map(({ data }) => String(data).toLowerCase())
