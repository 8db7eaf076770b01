import { capabilityName, type CapabilityName } from '../../contract/capability.ts'
import { FcnError } from '../errors.ts'
import { modelListPath } from '../protocol/model-list.ts'
import { hasDotSegments } from '../support/dot-segments.ts'

/** What is asked for. `service` is an id or a name as the caller wrote it. */
export type Wanted = { kind: 'service'; service: string } | { kind: 'capability'; capability: CapabilityName }

/** Name of a wanted thing in grants, statistics and limits. */
export const thingName = (wanted: Wanted): string =>
  wanted.kind === 'service' ? `service:${wanted.service}` : `capability:${wanted.capability}`

/** Whether that is the look of another node at the models that there are, which uses none of them. */
export const asksForModels = (method: string | undefined, wanted: Wanted, rest: string): boolean =>
  method === 'GET' && wanted.kind === 'capability' && wanted.capability === 'ai' && rest === modelListPath

/** Where a local program wants to go. `mesh` and `peer` are an id or a name; null stands for "any". */
export interface Target {
  mesh: string | null
  peer: string | null
  wanted: Wanted
  /** The rest of the request target exactly as it was sent: path from its slash on, and query. */
  rest: string
}

/** Where a peer wants to go: always one mesh, always this node. */
export interface PeerTarget {
  mesh: string
  wanted: Wanted
  rest: string
}

const any = 'any'
const peerPrefix = '/peer/v1'

/** The part of a raw target that names what is wanted, and the rest of it as it was sent: path from its slash on, and query. */
export interface SplitTarget {
  address: string
  rest: string
}

/**
 * Cuts `/services/<mesh|any>/<peer|any>/<service>/<rest>` and `/capabilities/<mesh|any>/<capability>/<rest>`, below
 * `/peer/v1` without the peer. The raw text is cut at its slashes before anything is decoded, so that no encoding can
 * move the cuts; `rest` is never decoded. Throws `invalid_input`, `not_found`.
 */
export function splitTarget(raw: string): SplitTarget {
  checkCharacters(raw)
  const parts = raw.startsWith('/services/') ? 4 : raw.startsWith('/capabilities/') ? 3 : raw.startsWith(`${peerPrefix}/`) ? 5 : 0
  if (parts === 0) throw notAnAddress()
  const query = raw.indexOf('?')
  const path = query === -1 ? raw.length : query
  let end = 0
  for (let part = 0; part < parts; part++) {
    const slash = raw.indexOf('/', end + 1)
    end = slash === -1 || slash > path ? path : slash
  }
  const rest = raw.slice(end)
  return { address: raw.slice(0, end), rest: restOf(rest.startsWith('/') ? rest : `/${rest}`) }
}

/** What an address of the router asks for. Throws `invalid_input`, `not_found`. */
export function parseAddress(address: string): Omit<Target, 'rest'> {
  const [kind, ...parts] = address.slice(1).split('/')
  if (kind === 'services') {
    const [mesh, peer, service] = named(parts, ['mesh', 'peer', 'service'])
    return { mesh: orAny(mesh), peer: orAny(peer), wanted: { kind: 'service', service } }
  }
  if (kind === 'capabilities') {
    const [mesh, capability] = named(parts, ['mesh', 'capability'])
    return { mesh: orAny(mesh), peer: null, wanted: capabilityNamed(capability) }
  }
  throw notAnAddress()
}

/** What an address of the peer API asks for. Throws as `parseAddress` does. */
export function parsePeerAddress(address: string): Omit<PeerTarget, 'rest'> {
  const [kind, ...parts] = address.slice(peerPrefix.length + 1).split('/')
  const [mesh, name] = named(parts, ['mesh', 'name'])
  if (kind === 'services') return { mesh, wanted: { kind: 'service', service: name } }
  if (kind === 'capabilities') return { mesh, wanted: capabilityNamed(name) }
  throw notAnAddress()
}

/** The address under which a peer serves the same thing; `service` must be the peer's id of it. */
export function peerPath(mesh: string, wanted: Wanted, rest: string): string {
  const [kind, name] = wanted.kind === 'service' ? ['services', wanted.service] : ['capabilities', wanted.capability]
  return `${peerPrefix}/${kind}/${encodeURIComponent(mesh)}/${encodeURIComponent(name)}${rest}`
}

function named<const N extends readonly string[]>(parts: (string | undefined)[], names: N): { -readonly [K in keyof N]: string } {
  const decoded = names.map((name, index) => {
    const part = decodeOnce(parts[index] ?? '')
    if (part !== '' && part !== '.' && part !== '..') return part
    throw new FcnError('invalid_input', `The address does not name a ${name}.`, { action: howTo })
  })
  return decoded as { -readonly [K in keyof N]: string }
}

function decodeOnce(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    throw new FcnError('invalid_input', 'The address has a percent sign that does not begin an encoded character.', {
      action: 'Encode a percent sign as %25.',
      cause: error,
    })
  }
}

/** Dot segments would climb out of a service that is shared from a folder. */
function restOf(rest: string): string {
  if (!hasDotSegments(rest.split('?', 1)[0] as string)) return rest
  throw new FcnError('invalid_input', 'The path has “.” or “..” segments.', { action: 'Send the path that they resolve to.' })
}

function capabilityNamed(name: string): Wanted {
  const known = capabilityName.safeParse(name)
  if (known.success) return { kind: 'capability', capability: known.data }
  throw new FcnError('not_found', `There is no capability “${name.slice(0, 64)}”.`, {
    action: `The capabilities are ${capabilityName.options.join(', ')}.`,
  })
}

const orAny = (name: string): string | null => (name === any ? null : name)

function checkCharacters(raw: string): void {
  if (/^[\u0021\u0022\u0024-\u007e]+$/u.test(raw)) return
  throw new FcnError('invalid_input', 'The address has characters that are not allowed in a URL.', { action: 'Percent-encode them.' })
}

const howTo = 'Use /services/<mesh or any>/<peer or any>/<service>/… or /capabilities/<mesh or any>/<capability>/….'

const notAnAddress = () => new FcnError('not_found', 'There is nothing at this address.', { action: howTo })
