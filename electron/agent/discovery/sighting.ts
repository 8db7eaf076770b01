/**
 * What was heard on the local network, read as if an enemy had sent it: checked against a schema, cut to size, names
 * made plain, addresses only of the network it came from. Pure. A sighting proves nothing; it says where to ask.
 */
import { isIP } from 'node:net'
import { z } from 'zod'
import { displayName } from '../../contract/settings.ts'
import type { NodeId } from '../components.ts'
import { parseId } from '../identity/node-id.ts'
import type { LocalInterface } from '../network/local-interfaces.ts'
import { isLinkLocal, isPrivate, onLinkCheck, withoutScope } from '../network/subnet.ts'
import { isForbiddenAddress } from '../support/address-rules.ts'
import { plainAddress } from '../support/loopback.ts'
import { serviceDomain, shortId } from './announcement.ts'

export interface Sighting {
  id: NodeId
  /** Full name of the service instance, which a goodbye repeats. */
  instance: string
  name: string
  port: number
  protocols: number[]
  meshes: string[]
  isNew: boolean
  /** Where it answers, the address it spoke from first. */
  addresses: string[]
  /** Where the packet came from. */
  source: string
}

const maxText = 1_300
const maxAddresses = 4

/** What bonjour-service makes of a packet. */
const heard = z.object({
  fqdn: z.string().max(300),
  port: z.number().int().min(1).max(65_535),
  rawTxt: z.array(z.instanceof(Uint8Array)).max(32),
  addresses: z.array(z.string().max(64)).max(32),
  referer: z.object({ address: z.string().max(64) }),
})

const text = z.object({
  txtvers: z.literal('1'),
  id: z.string().max(64),
  name: displayName.optional().catch(undefined),
  v: z
    .string()
    .regex(/^\d{1,3}(?:,\d{1,3}){0,7}$/u)
    .transform((list) => list.split(',').map(Number)),
  tls: z.literal('1'),
  new: z.enum(['0', '1']).catch('0'),
  mesh: displayName.optional().catch(undefined),
  mesh2: displayName.optional().catch(undefined),
  mesh3: displayName.optional().catch(undefined),
})

/** Null for whatever is not a node of this program that can be dialled from the interface it was heard on. */
export function readSighting(service: unknown, on: Pick<LocalInterface, 'addresses'>): Sighting | null {
  const parsed = heard.safeParse(service)
  if (!parsed.success || !parsed.data.fqdn.toLowerCase().endsWith(`.${serviceDomain}`)) return null
  const said = text.safeParse(Object.fromEntries(readText(parsed.data.rawTxt)))
  const id = said.success ? canonicalId(said.data.id) : null
  if (!said.success || id === null) return null
  const { port, fqdn, referer } = parsed.data
  const source = plainAddress(referer.address)
  const addresses = usableAddresses(source, parsed.data.addresses, on)
  if (addresses.length === 0) return null
  const { name = shortId(id), v: protocols, new: isNew, mesh, mesh2, mesh3 } = said.data
  const meshes = [mesh, mesh2, mesh3].filter((each) => each !== undefined)
  return { id, instance: fqdn.toLowerCase(), name, port, protocols, meshes, isNew: isNew === '1', addresses, source }
}

/** `key=value` strings; the first of a key counts (RFC 6763 section 6.4). A map, so that no key is special. */
export function readText(strings: readonly Uint8Array[]): Map<string, string> {
  const pairs = new Map<string, string>()
  if (strings.reduce((sum, { length }) => sum + length, 0) > maxText) return pairs
  for (const string of strings) {
    const [, key, value] = /^([\x20-\x3c\x3e-\x7e]+)=(.*)$/su.exec(Buffer.from(string).toString('utf8')) ?? []
    if (key !== undefined && value !== undefined && !pairs.has(key.toLowerCase())) pairs.set(key.toLowerCase(), value)
  }
  return pairs
}

function canonicalId(typed: string): NodeId | null {
  try {
    return parseId(typed)
  } catch {
    return null // a mistyped or invented id
  }
}

/**
 * The address it spoke from, when that can be dialled, and of the listed ones those on the same network. Where a
 * reflector carries packets between networks the speaker is the reflector: then the listed addresses count instead.
 */
function usableAddresses(source: string, listed: readonly string[], { addresses: own }: Pick<LocalInterface, 'addresses'>): string[] {
  const dialable = (address: string) => isIP(address) !== 0 && !isForbiddenAddress(address)
  const onLink = onLinkCheck(own)
  const told = [...new Set(listed.map((address) => plainAddress(withoutScope(address))))].filter(dialable)
  const sameFamily = told.filter((address) => isIP(address) === isIP(source))
  const reflected = sameFamily.length > 0 && !sameFamily.includes(source) && !isLinkLocal(source)
  const direct = reflected || !dialable(source) ? [] : [source]
  const others = told.filter(reflected ? isPrivate : onLink)
  return [...new Set([...direct, ...others])].slice(0, maxAddresses)
}
