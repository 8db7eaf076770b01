/**
 * Whether an address leads to a service through this node, `http://127.0.0.1:<port>/services/…`: the one kind that the page
 * may hand to the system's browser. It never opens in a window of ours, which would be the page's neighbour.
 */
export function isServiceLink(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, port, pathname, username, password } = new URL(address)
  return (
    protocol === 'http:' &&
    hostname === '127.0.0.1' &&
    port !== '' &&
    username + password === '' &&
    /^\/services\/[^/]+\/[^/]+\//u.test(pathname)
  )
}
