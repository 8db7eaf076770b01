import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { answerTopic, link } from './to-test.ts'

interface ItemOptions {
  type?: string
  label?: string
  enabled?: boolean
  checked?: boolean
  click?: () => void
  submenu?: ItemOptions[]
}

/** A menu item as the test sees it. */
export interface ShownItem {
  type: string
  label: string
  enabled: boolean
  checked: boolean
  items: ShownItem[]
}

export class Menu {
  readonly items: ItemOptions[]
  constructor(items: ItemOptions[]) {
    this.items = items
  }
  static buildFromTemplate = (template: ItemOptions[]) => new Menu(template)
  static setApplicationMenu(): void {}
}

interface Image {
  path: string
  isEmpty: () => boolean
}
export const nativeImage = { createFromPath: (path: string): Image => ({ path, isEmpty: () => !existsSync(path) }) }

class NativeTheme extends EventEmitter {
  dark = false
  get shouldUseDarkColors() {
    return this.dark
  }
  get shouldUseDarkColorsForSystemIntegratedUI() {
    return this.dark
  }
}
export const nativeTheme = new NativeTheme()

export class Tray extends EventEmitter {
  static current: Tray | null = null
  static #made = 0
  /** A panel that is not there yet refuses the first icons. */
  static #refusals = Number(process.env['HOST_TRAY_REFUSALS'] ?? 0)
  #image: Image
  #tooltip = ''
  menu: Menu | null = null
  #destroyed = false

  constructor(image: Image) {
    super()
    if (Tray.#refusals-- > 0) throw new Error('Failed to create the tray icon')
    this.#image = image
    Tray.#made += 1
    Tray.current = this
    this.#draw()
  }

  setImage(image: Image): void {
    this.#image = image
    this.#draw()
  }
  setToolTip(tooltip: string): void {
    this.#tooltip = tooltip
    this.#draw()
  }
  setContextMenu(menu: Menu | null): void {
    this.menu = menu
    this.#draw()
  }
  isDestroyed = () => this.#destroyed
  destroy(): void {
    this.#destroyed = true
    Tray.current = null
    link.tell('tray', null)
  }

  #draw(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed')
    const menu = this.menu?.items.map(shown) ?? []
    link.tell('tray', { image: this.#image.isEmpty() ? '' : this.#image.path, tooltip: this.#tooltip, menu, made: Tray.#made })
  }
}

const shown = ({ type = 'normal', label = '', enabled = true, checked = false, submenu = [] }: ItemOptions): ShownItem => ({
  type,
  label,
  enabled,
  checked,
  items: submenu.map(shown),
})

answerTopic('tray.click', () => Tray.current?.emit('click'))
answerTopic('tray.choose', (labels: string[]) => {
  let items = Tray.current?.menu?.items ?? []
  let item: ItemOptions | undefined
  for (const label of labels) {
    item = items.find((candidate) => candidate.label === label)
    items = item?.submenu ?? []
  }
  if (!item || item.enabled === false) throw new Error(`No item to click: ${labels.join(' > ')}`)
  // systems tick an item before the program hears of it
  if (item.type === 'checkbox') item.checked = !item.checked
  item.click?.()
})
answerTopic('theme', ({ dark }: { dark: boolean }) => {
  nativeTheme.dark = dark
  nativeTheme.emit('updated')
})
