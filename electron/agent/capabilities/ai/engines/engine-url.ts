import { parseProgramUrl } from '../../../support/program-url.ts'
import { isLoopbackName } from '../../../support/loopback.ts'
import { hostOf, portOf } from '../../../support/authority.ts'

/** The address of an engine in one form: users give it with and without the version that OpenAI's clients want. Throws `invalid_input`. */
export function engineUrl(text: string): string {
  const url = parseProgramUrl(text)
  const path = url.pathname.replace(/\/+$/u, '').replace(/\/v1$/u, '')
  return url.origin + path
}

/** Whether an engine there is found by itself. */
export function isUsualPlace(engine: string, ports: readonly number[]): boolean {
  const url = new URL(engine)
  return url.protocol === 'http:' && url.pathname === '/' && isLoopbackName(hostOf(url)) && ports.includes(portOf(url))
}
