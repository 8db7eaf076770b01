/** What is used of Electron's frame: `url` is what it shows now, `parent` is null for the top frame of a window. */
export interface SenderFrame {
  readonly url: string
  readonly parent: unknown
}

/**
 * Whether a message comes from the top frame of our own page. `frame` is null when it has navigated away or was
 * destroyed since. Schemes and hosts are compared apart: `URL.origin` is "null" for schemes that are not the web's.
 */
export function isTrustedSender(frame: SenderFrame | null, origin: string): boolean {
  if (frame === null || frame.parent !== null || !URL.canParse(frame.url)) return false
  const { protocol, host, username, password } = new URL(frame.url)
  const ours = new URL(origin)
  return protocol === ours.protocol && host === ours.host && username === '' && password === ''
}
