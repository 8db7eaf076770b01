import type { IncomingHttpHeaders } from 'node:http'
import type { Caller } from '../components.ts'
import { FcnError } from '../errors.ts'
import { isLoopbackName } from '../support/loopback.ts'

/**
 * Lets only programs on this machine through. The connection must come from loopback; `Host` must name loopback, or a
 * web site could point its own name here (DNS rebinding); and a web page that sends an `Origin` must itself come from
 * loopback, or any site could use the mesh through its visitor's browser. Throws `forbidden`.
 */
export function requireLocalProgram(caller: Caller, { host, origin }: IncomingHttpHeaders): void {
  if (caller.kind !== 'plain' || !caller.loopback) {
    throw new FcnError('forbidden', 'This address is only for programs on the computer that runs the node.', {
      action: 'Ask the node on your own computer; it reaches the others.',
    })
  }
  if (!namesLoopback(host)) {
    throw new FcnError('forbidden', 'The Host header does not name this computer.', { action: 'Use http://127.0.0.1 and the node’s port.' })
  }
  if (origin !== undefined && !isLoopbackOrigin(origin)) {
    throw new FcnError('forbidden', 'Web pages from elsewhere may not use this node.', { action: 'Ask from a program on this computer.' })
  }
}

/** A loopback name or address, with or without a port. */
export function namesLoopback(host: string | undefined): boolean {
  const name = /^(?<name>[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/iu.exec(host ?? '')?.groups?.['name']
  return name !== undefined && isLoopbackName(name)
}

function isLoopbackOrigin(origin: string): boolean {
  const match = /^https?:\/\/(?<host>[^/]+)$/iu.exec(origin)
  return namesLoopback(match?.groups?.['host'])
}
