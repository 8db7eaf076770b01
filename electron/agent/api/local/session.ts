import { createHmac } from 'node:crypto'
import type { Clock } from '../../support/clock.ts'
import type { Random } from '../../support/random.ts'
import { sameSecret } from '../../support/secret.ts'

interface SessionComponents {
  clock: Clock
  random: Random
  /** Hears of each page that was opened by a link. */
  opened: () => void
}

interface SessionOptions {
  /** The control token; whoever has it may do everything. Replacing it ends all sessions. */
  token: string
  /** Whose page it is. Cookies are not isolated by port, so that two nodes on one machine need two names. */
  nodeId: string
}

/** How a browser gets in: a one-time link sets a cookie. Cookies are not kept anywhere, so that they survive a restart. */
export interface Sessions {
  /** A code for `/open/<code>`: 128 bits, for 60 s, for one use. Of more than 16 unused codes the oldest is dropped. */
  createCode(): { code: string; expiresAt: number }
  /** Whether the code was good; it is not any more. */
  redeem(code: string): boolean
  /** `Set-Cookie` of a new session. */
  cookie(): string
  /** Whether a `Cookie` header carries a session of this node that has not ended. */
  isValid(cookieHeader: string | undefined): boolean
}

const codeLifetime = 60_000
const sessionLifetime = 30 * 24 * 60 * 60_000
const maxCodes = 16

export function createSessions({ clock, random, opened }: SessionComponents, { token, nodeId }: SessionOptions): Sessions {
  const codes = new Map<string, number>()
  const name = `fcn_${nodeId.slice(0, 7)}`

  /** `<end>.<nonce>.<mac>`; the MAC is keyed with the control token and covers end, nonce and node. */
  const sign = (payload: string) => createHmac('sha256', token).update(`page session ${nodeId} ${payload}`).digest('base64url')

  const isValidValue = (value: string) => {
    const match = /^((\d{1,16})\.[\w-]{16})\.([\w-]{43})$/u.exec(value)
    if (match === null) return false
    const [, payload, end, mac] = match as unknown as [string, string, string, string]
    return sameSecret(mac, sign(payload)) && clock.now() < Number(end)
  }

  return {
    createCode() {
      const code = Buffer.from(random.bytes(16)).toString('base64url')
      const expiresAt = clock.now() + codeLifetime
      codes.set(code, clock.monotonic() + codeLifetime)
      if (codes.size > maxCodes) codes.delete(codes.keys().next().value as string)
      return { code, expiresAt }
    },
    redeem(code) {
      const end = codes.get(code)
      codes.delete(code)
      const good = end !== undefined && clock.monotonic() < end
      if (good) opened()
      return good
    },
    cookie() {
      const payload = `${clock.now() + sessionLifetime}.${Buffer.from(random.bytes(12)).toString('base64url')}`
      return `${name}=${payload}.${sign(payload)}; Path=/; Max-Age=${sessionLifetime / 1000}; HttpOnly; SameSite=Strict`
    },
    isValid: (cookieHeader) => cookieValues(cookieHeader ?? '', name).some(isValidValue),
  }
}

/** Values of all cookies of that name; a browser may send several, from several paths. */
function cookieValues(header: string, name: string): string[] {
  return header
    .split(';', 50)
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}
