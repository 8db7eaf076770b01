/** Whether what is sent to a URL can be read on the way: plain HTTP to another machine. False while it is none. */
export function isReadOnTheWay(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && !/^(?:(?:[a-z0-9-]+\.)*localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/iu.test(hostname)
}

/** How a hub is called: its host, with the port. */
export const hubName = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
