import { createHmac } from 'node:crypto'
import { sameSecret } from '../support/secret.ts'

/** A challenge: 32 random bytes, base64url. */
export const challengePattern = /^[\w-]{43}$/u

/**
 * How a node proves that it holds the control token without showing it: HMAC-SHA256 with the token as key over
 * `fcn-control-proof-v1 <challenge> <port>`, base64url. The port is the one on which each side has the connection, so
 * that a program in between, which has another port, cannot pass on the answer of the real node.
 */
export function controlProof(token: string, challenge: string, port: number): string {
  return createHmac('sha256', token).update(`fcn-control-proof-v1 ${challenge} ${port}`).digest('base64url')
}

/** Constant time. */
export function isControlProof(proof: string, { token, challenge, port }: { token: string; challenge: string; port: number }): boolean {
  return sameSecret(proof, controlProof(token, challenge, port))
}
