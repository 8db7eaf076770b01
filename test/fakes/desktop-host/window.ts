import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { cancellable } from './cancellable.ts'
import { answerTopic, link } from './to-test.ts'

interface WebPreferences {
  preload?: string
  sandbox?: boolean
  contextIsolation?: boolean
  nodeIntegration?: boolean
  webviewTag?: boolean
}

interface WindowOptions {
  width?: number
  height?: number
  show?: boolean
  webPreferences?: WebPreferences
}

export class WebContents extends EventEmitter {
  readonly id: number
  openHandler: (details: { url: string }) => { action: 'allow' | 'deny' } = () => ({ action: 'allow' })

  constructor(id: number) {
    super()
    this.id = id
  }

  send(channel: string, ...args: unknown[]): void {
    if (!BrowserWindow.isOpen(this.id)) throw new TypeError('Object has been destroyed')
    link.tell('window.send', { id: this.id, channel, args })
  }

  setWindowOpenHandler(handler: WebContents['openHandler']): void {
    this.openHandler = handler
  }
}

/** What the window needs of the app, which in turn needs the windows. */
interface Owner {
  isReady: () => boolean
  created: (contents: WebContents) => void
  allClosed: () => void
}

export class BrowserWindow extends EventEmitter {
  static #all = new Map<number, BrowserWindow>()
  static #next = 1
  static #owner: Owner | null = null

  static attach = (owner: Owner) => void (BrowserWindow.#owner = owner)
  static getAllWindows = () => [...BrowserWindow.#all.values()]
  static isOpen = (id: number) => BrowserWindow.#all.has(id)
  static byId(id: number): BrowserWindow {
    const window = BrowserWindow.#all.get(id)
    if (!window) throw new Error(`There is no window ${id}`)
    return window
  }

  readonly id = BrowserWindow.#next++
  readonly webContents = new WebContents(this.id)
  #visible: boolean
  #focused = false
  #painted = false

  constructor({ width = 800, height = 600, show = true, webPreferences = {} }: WindowOptions = {}) {
    super()
    if (!BrowserWindow.#owner?.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.#visible = show
    BrowserWindow.#all.set(this.id, this)
    const { preload, ...preferences } = webPreferences
    link.tell('window.open', { id: this.id, width, height, preferences, preload: preload ? readFileSync(preload, 'utf8') : null })
    this.#report()
    BrowserWindow.#owner.created(this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    await link.ask('window.load', { id: this.id, url })
    if (this.isDestroyed()) throw new Error('ERR_ABORTED (-3)')
    this.webContents.emit('did-finish-load')
    if (!this.#painted) this.emit('ready-to-show')
    this.#painted = true
  }

  show(): void {
    this.#visible = true
    this.#report()
  }
  focus(): void {
    this.#focused = true
    this.#report()
  }
  restore(): void {}
  flashFrame(): void {}
  isMinimized = () => false
  isFocused = () => this.#focused
  isVisible = () => this.#visible
  isDestroyed = () => !BrowserWindow.isOpen(this.id)

  close(): void {
    const event = cancellable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    if (!BrowserWindow.#all.delete(this.id)) return
    link.tell('window.close', { id: this.id })
    this.emit('closed')
    if (BrowserWindow.#all.size === 0) BrowserWindow.#owner?.allClosed()
  }

  #report = () => link.tell('window.state', { id: this.id, visible: this.#visible, focused: this.#focused })
}

answerTopic('window.close-clicked', ({ id }: { id: number }) => BrowserWindow.byId(id).close())
answerTopic('window.crashed', ({ id }: { id: number }) =>
  BrowserWindow.byId(id).webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 }),
)
answerTopic('window.popup', ({ id, url }: { id: number; url: string }) => BrowserWindow.byId(id).webContents.openHandler({ url }).action)
answerTopic('window.navigate', ({ id, url, isMainFrame }: { id: number; url: string; isMainFrame: boolean }) => {
  const event = { ...cancellable(), url, isMainFrame }
  BrowserWindow.byId(id).webContents.emit('will-frame-navigate', event)
  return !event.defaultPrevented
})
