import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'
import { isForbiddenAddress, refusedAddress } from '../support/address-rules.ts'
import { hostOf, portOf } from '../support/authority.ts'
import { isOwnPlace, type OwnPlace, ownAddress } from './legacy-url.ts'

/**
 * Connects for undici to allowed addresses only. Checks the very addresses that are dialled, after the name was looked
 * up, so that a name cannot point elsewhere a second later.
 */
export function createGuardedConnector(own: () => OwnPlace, timeout: number): buildConnector.connector {
  const check = (address: string, port: number) => {
    if (isForbiddenAddress(address)) throw refusedAddress(address)
    if (isOwnPlace(address, port, own())) throw ownAddress(`${address}:${port}`)
  }

  return (options, callback) => {
    const port = portOf(options)
    const lookup: LookupFunction = (hostname, lookupOptions, done) => {
      systemLookup(hostname, { ...lookupOptions, all: true }, (error, found) => {
        try {
          if (error) throw error
          for (const { address } of found) check(address, port)
        } catch (refusal) {
          done(refusal as NodeJS.ErrnoException, [])
          return
        }
        if (lookupOptions.all === true) done(null, found)
        else done(null, found[0]?.address ?? '', found[0]?.family ?? 4)
      })
    }
    try {
      const host = hostOf(options)
      if (isIP(host) !== 0) check(host, port) // looked up by nobody
    } catch (refusal) {
      callback(refusal as Error, null)
      return
    }
    buildConnector({ timeout, lookup })(options, callback)
  }
}
