import { EventEmitter } from 'node:events'
import { answerTopic } from './to-test.ts'
import { BrowserWindow, type WebContents } from './window.ts'

type CallHandler = (event: { sender: WebContents; senderFrame: { url: string; parent: object | null } }, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter {
  #handlers = new Map<string, CallHandler>()

  handle(channel: string, handler: CallHandler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  async deliver({ windowId, channel, args, url, isTop }: PageCall): Promise<unknown> {
    const handler = this.#handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    const sender = BrowserWindow.byId(windowId).webContents
    return handler({ sender, senderFrame: { url, parent: isTop ? null : {} } }, ...args)
  }
}

interface PageCall {
  windowId: number
  channel: string
  args: unknown[]
  url: string
  isTop: boolean
}

class Protocol {
  #handlers = new Map<string, (request: Request) => Promise<Response>>()
  #privileged = new Set<string>()

  registerSchemesAsPrivileged(schemes: { scheme: string; privileges?: { standard?: boolean } }[]): void {
    for (const { scheme, privileges } of schemes) if (privileges?.standard) this.#privileged.add(scheme)
  }

  handle(scheme: string, handler: (request: Request) => Promise<Response>): void {
    if (!this.#privileged.has(scheme)) throw new Error(`The host serves pages of standard schemes only, "${scheme}" is none`)
    this.#handlers.set(scheme, handler)
  }

  async fetch({ url, method }: { url: string; method: string }) {
    const handler = this.#handlers.get(new URL(url).protocol.slice(0, -1))
    if (!handler) return null
    // Request knows the web's schemes only, Electron's knows all
    const response = await handler({ url, method } as Request)
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.bytes() }
  }
}

type PermissionHandler = (
  contents: WebContents,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string },
) => void
type RequestHandler = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void

class Session {
  #permission: PermissionHandler | null = null
  #request: { urls: string[]; handler: RequestHandler } | null = null

  setPermissionRequestHandler(handler: PermissionHandler | null): void {
    this.#permission = handler
  }
  setPermissionCheckHandler(): void {}
  setDevicePermissionHandler(): void {}

  readonly webRequest = {
    onBeforeRequest: ({ urls }: { urls: string[] }, handler: RequestHandler) => void (this.#request = { urls, handler }),
  }

  /** Electron grants everything when nobody has said otherwise. */
  async isPermitted({ windowId, permission, url }: { windowId: number; permission: string; url: string }): Promise<boolean> {
    const ask = this.#permission
    if (!ask) return true
    return new Promise((resolve) => ask(BrowserWindow.byId(windowId).webContents, permission, resolve, { requestingUrl: url }))
  }

  async isCancelled({ url }: { url: string }): Promise<boolean> {
    const rule = this.#request
    if (!rule || !rule.urls.some((pattern) => url.startsWith(pattern.slice(0, pattern.indexOf('*'))))) return false
    return new Promise((resolve) => rule.handler({ url }, ({ cancel }) => resolve(cancel === true)))
  }
}

export const ipcMain = new IpcMain()
export const protocol = new Protocol()
export const session = { defaultSession: new Session() }

answerTopic('ipc', (call: PageCall) => ipcMain.deliver(call))
answerTopic('fetch', (request: { url: string; method: string }) => protocol.fetch(request))
answerTopic('permission', (wish: { windowId: number; permission: string; url: string }) => session.defaultSession.isPermitted(wish))
answerTopic('request', (request: { url: string }) => session.defaultSession.isCancelled(request))
