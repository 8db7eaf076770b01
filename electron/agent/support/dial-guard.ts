/**
 * Where this node connects to although somebody else named the address: never to what is link-local, reserved or a
 * metadata service, never to itself. It checks the very addresses that are dialled, after a name was looked up, so that
 * a name cannot lead elsewhere a second later (DNS rebinding).
 */
import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import type { FcnError } from '../errors.ts'
import { isForbiddenAddress, refusedAddress } from './address-rules.ts'
import { authority, hostOf, portOf } from './authority.ts'
import { isOwnPlace, type OwnPlace, ownAddress } from './own-place.ts'

type Answer = (error: NodeJS.ErrnoException | null, found: LookupAddress[]) => void

interface DialGuardComponents {
  /** Where this node is reached; absent where it does no harm to reach itself (its own key is noticed). */
  own?: () => OwnPlace
  /** Looks up every address of a name. */
  lookup?: (name: string, options: { all: true }, answer: Answer) => void
}

export interface DialGuard {
  /** Throws `refused_address` or `own_address` for a host that is an address, or a name of this machine; other names pass here. */
  check(host: string, port: number): void
  /** For whoever connects by itself to a host that has been checked: gives the allowed addresses of a name, or fails with the reason. */
  lookup(port: number): LookupFunction
  /** For undici's `connect` option; `allowH2: false` for whoever speaks HTTP/1.1 only. */
  connector(timeout: number, options?: { allowH2?: boolean }): buildConnector.connector
}

export function createDialGuard({ own, lookup = systemLookup }: DialGuardComponents = {}): DialGuard {
  const isSelf = (host: string, port: number) => own !== undefined && isOwnPlace(host, port, own())

  const refusal = (address: string, port: number): FcnError | null => {
    if (isForbiddenAddress(address)) return refusedAddress(address)
    return isSelf(address, port) ? ownAddress(authority(address, port)) : null
  }

  const check = (host: string, port: number) => {
    if (isIP(host) === 0 && isSelf(host, port)) throw ownAddress(authority(host, port))
    const refused = isIP(host) === 0 ? null : refusal(host, port)
    if (refused !== null) throw refused
  }

  const lookupFor =
    (port: number): LookupFunction =>
    (name, options, done) => {
      lookup(name, { ...options, all: true }, (error, found) => {
        if (error !== null) {
          done(error, [])
          return
        }
        const allowed = found.filter(({ address }) => refusal(address, port) === null)
        const [first] = allowed
        if (first === undefined) done(refusal(found[0]?.address ?? '', port) ?? refusedAddress(name), [])
        else if (options.all === true) done(null, allowed)
        else done(null, first.address, first.family)
      })
    }

  return {
    check,
    lookup: lookupFor,
    connector: (timeout, versions) => (options, callback) => {
      const port = portOf(options)
      try {
        check(hostOf(options), port) // an address is looked up by nobody
      } catch (error) {
        callback(error as Error, null)
        return
      }
      buildConnector({ ...versions, timeout, lookup: lookupFor(port) })(options, callback)
    },
  }
}
