import { FcnError } from '../errors.ts'

/**
 * The URL of a program that this node may pass requests to: http or https, with a host, without user name, password,
 * query or fragment. Throws `invalid_input`.
 */
export function parseProgramUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new FcnError('invalid_input', `“${text.slice(0, 200)}” is not an http or https address.`, {
      action: 'Write it like http://127.0.0.1:8080.',
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new FcnError('invalid_input', 'The address has a user name or password in it, which others could see.', {
      action: 'Leave it out; programs send their own credentials.',
    })
  }
  if (url.search !== '' || url.hash !== '') {
    throw new FcnError('invalid_input', 'The address has a “?” or “#” part, which cannot be shared.', { action: 'Leave that part out.' })
  }
  return url
}
