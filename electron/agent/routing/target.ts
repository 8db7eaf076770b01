import { capabilityName, type CapabilityName } from '../../contract/capability.ts'
import { FcnError } from '../errors.ts'
import { hasDotSegments } from '../support/dot-segments.ts'

/** What is asked for. `service` is an id or a name as the caller wrote it. */
export type Wanted = { kind: 'service'; service: string } | { kind: 'capability'; capability: CapabilityName }

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

/**
 * Parses `/services/<mesh|any>/<peer|any>/<service>/<rest>` and `/capabilities/<mesh|any>/<capability>/<rest>` from the
 * raw request target. The raw text is cut at its slashes first and the addressing parts are decoded once afterwards, so
 * no encoding can move the cuts; `rest` is never decoded. Throws `invalid_input`, `not_found`.
 */
export function parseTarget(raw: string): Target {
  checkCharacters(raw)
  const [kind, ...parts] = cut(raw, raw.startsWith('/services/') ? 4 : 3)
  const rest = restOf(parts.pop())
  if (kind === 'services') {
    const [mesh, peer, service] = named(parts, ['mesh', 'peer', 'service'])
    return { mesh: orAny(mesh), peer: orAny(peer), wanted: { kind: 'service', service }, rest }
  }
  if (kind === 'capabilities') {
    const [mesh, capability] = named(parts, ['mesh', 'capability'])
    return { mesh: orAny(mesh), peer: null, wanted: capabilityNamed(capability), rest }
  }
  throw notAnAddress()
}

/** Parses `/peer/v1/services/<meshId>/<service>/<rest>` and `/peer/v1/capabilities/<meshId>/<capability>/<rest>`, as `parseTarget` does. */
export function parsePeerTarget(raw: string): PeerTarget {
  const prefix = '/peer/v1'
  if (!raw.startsWith(`${prefix}/`)) throw notAnAddress()
  checkCharacters(raw)
  const [kind, ...parts] = cut(raw.slice(prefix.length), 3)
  const rest = restOf(parts.pop())
  const [mesh, name] = named(parts, ['mesh', 'name'])
  if (kind === 'services') return { mesh, wanted: { kind: 'service', service: name }, rest }
  if (kind === 'capabilities') return { mesh, wanted: capabilityNamed(name), rest }
  throw notAnAddress()
}

/** The address under which a peer serves the same thing; `service` must be the peer's id of it. */
export function peerPath(mesh: string, wanted: Wanted, rest: string): string {
  const [kind, name] = wanted.kind === 'service' ? ['services', wanted.service] : ['capabilities', wanted.capability]
  return `/peer/v1/${kind}/${encodeURIComponent(mesh)}/${encodeURIComponent(name)}${rest}`
}

/** The first `count` parts of a raw target, and what follows them (undefined when nothing does), query included. */
function cut(raw: string, count: number): (string | undefined)[] {
  const queryAt = raw.indexOf('?')
  const query = queryAt === -1 ? '' : raw.slice(queryAt)
  let path = queryAt === -1 ? raw : raw.slice(0, queryAt)
  const parts: (string | undefined)[] = []
  while (parts.length < count) {
    const end = path.indexOf('/', 1)
    parts.push(path.slice(1, end === -1 ? undefined : end))
    path = end === -1 ? '' : path.slice(end)
  }
  return [...parts, (path || '/') + query]
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
function restOf(rest = '/'): string {
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
