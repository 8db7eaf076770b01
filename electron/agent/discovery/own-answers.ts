/** Corrections to what bonjour-service puts into its answers. Pure. */
import type { LocalInterface } from '../network/local-interfaces.ts'
import { hostName, serviceDomain } from './announcement.ts'

export interface DnsRecord {
  name: string
  type: string
  ttl?: number
  flush?: boolean
  data?: unknown
}

export interface DnsAnswer {
  answers: DnsRecord[]
  additionals?: DnsRecord[]
}

/** Seconds: what names an address or a port lives shorter than what does not change (RFC 6762 section 10). */
const shortLife = 120
const longLife = 4_500

/**
 * The package lists the addresses of all interfaces; on each network only those of that interface may be told (RFC 6762
 * section 14), and records that are ours alone replace what others remember (section 10.2). A goodbye must not take back
 * the service type, which belongs to all.
 */
export function ownAnswer({ answers, additionals = [] }: DnsAnswer, on: Pick<LocalInterface, 'addresses'>): DnsAnswer {
  const own = new Set(on.addresses.map(({ address }) => address))
  const correct = (records: readonly DnsRecord[]) => records.flatMap((record) => corrected(record, own))
  return { answers: correct(answers), additionals: correct(additionals) }
}

function corrected(record: DnsRecord, own: ReadonlySet<string>): DnsRecord[] {
  const isGoodbye = record.ttl === 0
  const withLife = (seconds: number) => (isGoodbye ? 0 : seconds)
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return own.has(String(record.data)) ? [{ ...record, ttl: withLife(shortLife), flush: true }] : []
    case 'SRV':
      return [{ ...record, ttl: withLife(shortLife), flush: true }]
    case 'TXT':
      return [{ ...record, ttl: withLife(longLife), flush: true }]
    case 'PTR':
      return isGoodbye && record.name !== serviceDomain ? [] : [{ ...record, ttl: withLife(longLife) }]
    default:
      return [record]
  }
}

/** Whether the asker has all of the answer and will have it for a while (RFC 6762 section 7.1). */
export function isKnown({ answers }: DnsAnswer, known: readonly DnsRecord[]): boolean {
  const has = ({ name, type, data }: DnsRecord) =>
    known.some(
      (record) =>
        record.type === type && type === 'PTR' && same(record.name, name) && same(record.data, data) && (record.ttl ?? 0) >= longLife / 2,
    )
  return answers.every(has)
}

const same = (a: unknown, b: unknown) => typeof a === 'string' && typeof b === 'string' && a.toLowerCase() === b.toLowerCase()

/** Words one of which is in every packet that is about us: the service type, our host, the list of all services. */
export const ownWords = (id: string): string[] => [
  `_${serviceDomain.split('.')[0]?.slice(1) ?? ''}`,
  hostName(id).split('.')[0] ?? '',
  '_dns-sd',
]
