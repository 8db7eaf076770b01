import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, test } from 'vitest'
import { lockDown } from '../../../electron/shell/lockdown.ts'

type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl?: string },
) => void

/** What the program told Electron's session to do. */
class SessionFake {
  request: PermissionRequest = () => undefined
  check: (contents: unknown, permission: string, origin: string) => boolean = () => true
  device: () => boolean = () => true
  setPermissionRequestHandler = (handler: PermissionRequest) => void (this.request = handler)
  setPermissionCheckHandler = (handler: SessionFake['check']) => void (this.check = handler)
  setDevicePermissionHandler = (handler: SessionFake['device']) => void (this.device = handler)
  filtered: string[] = []
  cancelled = false
  readonly webRequest = {
    onBeforeRequest: ({ urls }: { urls: string[] }, handler: (details: object, answer: (verdict: { cancel: boolean }) => void) => void) => {
      this.filtered = urls
      handler({}, ({ cancel }) => (this.cancelled = cancel))
    },
  }
}

class ContentsFake extends EventEmitter {
  open: (details: { url: string }) => { action: string } = () => ({ action: 'allow' })
  setWindowOpenHandler = (handler: ContentsFake['open']) => void (this.open = handler)
  /** Whether an event of that name was held back. */
  isHeld(name: string, event: object = {}): boolean {
    let held = false
    this.emit(name, { ...event, preventDefault: () => (held = true) })
    return held
  }
}

const ours = 'app://fcn/'
let session: SessionFake
let contents: ContentsFake
let opened: string[]

beforeEach(() => {
  session = new SessionFake()
  contents = new ContentsFake()
  opened = []
  const app = new EventEmitter()
  lockDown(app as never, session as never, (url) => opened.push(url))
  app.emit('web-contents-created', {}, contents)
})

describe('permissions', () => {
  const permissions = ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid', 'serial', 'usb', 'fullscreen']
  const granted = (permission: string, requestingUrl?: string) => {
    let answer: boolean | null = null
    session.request(null, permission, (given) => (answer = given), requestingUrl === undefined ? {} : { requestingUrl })
    return answer
  }

  test.each(permissions)('%s is denied to our own page, when it asks and when it looks', (permission) => {
    expect([granted(permission, ours), session.check(null, permission, ours)]).toEqual([false, false])
  })

  test('text for the clipboard is for our own page only', () => {
    expect([granted('clipboard-sanitized-write', ours), session.check(null, 'clipboard-sanitized-write', ours)]).toEqual([true, true])
    expect(granted('clipboard-sanitized-write', 'https://evil.test/')).toBe(false)
    expect(granted('clipboard-sanitized-write')).toBe(false)
    expect(session.check(null, 'clipboard-sanitized-write', 'null')).toBe(false)
  })

  test('no device is given to anybody', () => {
    expect(session.device()).toBe(false)
  })
})

test('everything from outside is cancelled before it is asked for, files included', () => {
  expect(session.filtered).toEqual(['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`))
  expect(session.cancelled).toBe(true)
})

test('no window opens; the address of a service goes to the browser, and nothing else does', () => {
  const service = 'http://127.0.0.1:3000/services/any/attic/files/'
  for (const url of [service, 'https://evil.test/', 'file:///etc/passwd', ours]) expect(contents.open({ url })).toEqual({ action: 'deny' })
  expect(opened).toEqual([service])
})

test('a page goes nowhere but to our own origin, in no frame', () => {
  for (const url of ['https://evil.test/', 'file:///etc/passwd', 'app://evil/', 'data:text/html,x', 'javascript:1', 'about:blank'])
    expect(contents.isHeld('will-frame-navigate', { url }), url).toBe(true)
  expect(contents.isHeld('will-frame-navigate', { url: `${ours}#/peers` })).toBe(false)
})

test('no webview is attached', () => {
  expect(contents.isHeld('will-attach-webview')).toBe(true)
})
