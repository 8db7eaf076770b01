import { isIP } from 'node:net'
import { FcnError } from '../errors.ts'
import { isForbiddenAddress, refusedAddress } from '../support/address-rules.ts'
import { hostOf, portOf } from '../support/authority.ts'
import { isOwnPlace, type OwnPlace, ownAddress } from '../support/own-place.ts'

/**
 * A URL under which an old node can be asked, in its one canonical form (no trailing slash). Throws `invalid_input`
 * for what is not an http(s) URL of a host, `refused_address` for forbidden addresses, `own_address` for this node.
 * Names are looked up only when they are dialled, and checked then again.
 */
export function parseLegacyUrl(text: string, own: OwnPlace): string {
  const url = text.length <= 2048 && URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/u.test(url.protocol) || url.hostname === '') {
    throw new FcnError('invalid_input', 'The URL of a node begins with http:// or https:// and names a host.', {
      action: 'Write it like http://192.168.1.20:3000.',
    })
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new FcnError('invalid_input', 'The URL of a node has no user, password, query or fragment.', {
      action: 'Write it like http://192.168.1.20:3000.',
    })
  }
  const host = hostOf(url)
  if (isIP(host) !== 0 && isForbiddenAddress(host)) throw refusedAddress(host)
  if (isOwnPlace(host, portOf(url), own)) throw ownAddress(url.host)
  return url.href.replace(/\/+$/u, '')
}
