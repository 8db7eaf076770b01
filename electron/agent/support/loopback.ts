/** The address as people write it: IPv4 inside IPv6 (`::ffff:192.0.2.1`, `::ffff:c000:201`) becomes IPv4, a scope is dropped. */
export function plainAddress(address: string): string {
  const bare = address.replace(/%.*$/u, '').toLowerCase()
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u.exec(bare)
  if (hex !== null) return [hex[1], hex[2]].flatMap((pair) => bytesOf(Number.parseInt(pair ?? '', 16))).join('.')
  return bare.startsWith('::ffff:') && bare.includes('.') ? bare.slice(7) : bare
}

const bytesOf = (pair: number) => [pair >> 8, pair & 0xff]

/** Whether only this machine can have sent from the address (127.0.0.0/8, ::1). */
export function isLoopback(address: string): boolean {
  const plain = plainAddress(address)
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/u.test(plain)
}

/** Whether the host of a URL is this machine: `localhost`, a name below it, or a loopback address; no port. */
export function isLoopbackName(host: string): boolean {
  return /^(?:[a-z0-9-]+\.)*localhost$/iu.test(host) || isLoopback(host.replace(/^\[(.*)\]$/u, '$1'))
}

/**
 * Whether a Host header names this machine's loopback at `port`. A page of another site that pointed its own name at
 * 127.0.0.1 (DNS rebinding) sends its own name, and is noticed by it.
 */
export function isLoopbackHost(host: string | undefined, port: number): boolean {
  const names = ['127.0.0.1', 'localhost', '[::1]']
  const allowed = port === 80 ? [...names, ...names.map((name) => `${name}:80`)] : names.map((name) => `${name}:${port}`)
  return host !== undefined && allowed.includes(host.toLowerCase())
}
