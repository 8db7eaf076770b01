import type { App, Session } from 'electron'
import { isTrustedSender } from '../ipc/trusted-sender.ts'
import { appOrigin } from './app-protocol.ts'
import { isServiceLink } from './service-link.ts'

/** Schemes by which something from outside, or any file of this computer, could get into a window. */
const outside = ['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`)

/** Our own page may put text on the clipboard (ids, links, keys); nothing may do anything else that needs asking. */
const isAllowed = (permission: string, url: string | undefined) =>
  permission === 'clipboard-sanitized-write' && url !== undefined && isTrustedSender({ url, parent: null }, appOrigin)

/**
 * Whatever a page tries, in every window there will ever be: no permissions, no other pages, no new windows. The address of
 * a service, and `ownPages` of the program on the web, go to `openInBrowser` instead.
 */
export function lockDown(
  app: Pick<App, 'on'>,
  session: Session,
  openInBrowser: (url: string) => void,
  ownPages: readonly string[] = [],
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(isAllowed(permission, requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => isAllowed(permission, requestingOrigin))
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest({ urls: outside }, (_request, answer) => answer({ cancel: true }))

  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      if (isServiceLink(url) || ownPages.includes(url)) openInBrowser(url)
      return { action: 'deny' }
    })
    contents.on('will-frame-navigate', (event) => {
      if (!isTrustedSender({ url: event.url, parent: null }, appOrigin)) event.preventDefault()
    })
    contents.on('will-attach-webview', (event) => event.preventDefault())
  })
}
