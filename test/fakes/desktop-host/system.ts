import { EventEmitter } from 'node:events'
import { answerTopic, link } from './to-test.ts'

/** The system around the program: questions, notifications and power, as Electron lets it have them. */

interface BoxOptions {
  message: string
  detail?: string
  buttons?: string[]
  checkboxLabel?: string
  checkboxChecked?: boolean
}

/** What a person answered. */
export interface BoxAnswer {
  response: number
  checkboxChecked: boolean
}

export const dialog = {
  showErrorBox: (title: string, content: string) => link.tell('dialog', { title, content }),
  showMessageBox: ({ message, detail = '', buttons = [], checkboxLabel, checkboxChecked = false }: BoxOptions) =>
    link.ask('message-box', { message, detail, buttons, checkboxLabel: checkboxLabel ?? null, checkboxChecked }) as Promise<BoxAnswer>,
}

/** This computer has no battery, and nobody has touched it for an hour. */
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 3_600, isOnBatteryPower: () => false })

class Blocker {
  readonly #held = new Set<number>()
  #next = 1

  start(): number {
    const id = this.#next++
    this.#held.add(id)
    link.tell('awake', { held: this.#held.size })
    return id
  }
  stop(id: number): void {
    this.#held.delete(id)
    link.tell('awake', { held: this.#held.size })
  }
}
export const powerSaveBlocker = new Blocker()

interface NotificationOptions {
  title?: string
  body?: string
  silent?: boolean
}

/** A notification in the corner of the screen. */
export class Notification extends EventEmitter {
  static readonly #shown = new Set<Notification>()
  static isSupported = () => true
  static byTitle = (title: string) => [...Notification.#shown].find((each) => each.title === title)

  readonly title: string
  readonly body: string
  readonly silent: boolean

  constructor({ title = '', body = '', silent = false }: NotificationOptions = {}) {
    super()
    this.title = title
    this.body = body
    this.silent = silent
  }

  show(): void {
    Notification.#shown.add(this)
    Notification.#report()
  }
  close(): void {
    if (!Notification.#shown.delete(this)) return
    Notification.#report()
    this.emit('close')
  }

  static #report(): void {
    link.tell(
      'notifications',
      [...Notification.#shown].map(({ title, body, silent }) => ({ title, body, silent })),
    )
  }
}

answerTopic('notification.click', (title: string) => {
  const notification = Notification.byTitle(title)
  if (!notification) throw new Error(`There is no notification "${title}".`)
  notification.emit('click')
})
answerTopic('power', (event: string) => powerMonitor.emit(event))
answerTopic('break', (message: string) => {
  setImmediate(() => {
    throw new Error(message)
  })
})

export const shell = {
  openExternal: async (url: string) => link.tell('open-external', { url }),
}
