import type { BrowserContext, Page, Route } from 'playwright-core'
import type { Link } from './link.ts'
import { bindingName, deliverName, preloadScript } from './preload-world.ts'

/**
 * `app://fcn/x` as Chromium is told it: a scheme of one's own needs Electron, a host of one's own does not, and it is
 * an origin and a secure context all the same.
 */
const hostSuffix = '.app-scheme.test'
const toWeb = (url: string) => url.replace(/^app:\/\/([^/]+)/, `https://$1${hostSuffix}`)
const fromWeb = (url: string) => url.replace(new RegExp(`^https://([^/]+)${hostSuffix.replaceAll('.', '\\.')}`), 'app://$1')

/** What the main process said of its window. */
export interface OpenedWindow {
  id: number
  width: number
  height: number
  preload: string | null
  preferences: Record<string, unknown>
}

/** One BrowserWindow as the user has it before them. */
export interface WindowPage {
  readonly id: number
  readonly preferences: Record<string, unknown>
  readonly page: Page
  /** The address as Electron would tell it. */
  url(): string
  visible: boolean
  focused: boolean
  load(url: string): Promise<void>
  deliver(channel: string, args: unknown[]): Promise<void>
}

export async function openWindowPage(context: BrowserContext, link: Link, opened: OpenedWindow): Promise<WindowPage> {
  const { id, width, height, preload, preferences } = opened
  const page = await context.newPage()
  page.setDefaultTimeout(45_000)
  await page.setViewportSize({ width, height })
  await page.exposeBinding(bindingName, async ({ frame }, channel: string, args: unknown[]) => {
    const call = { windowId: id, channel, args, url: fromWeb(frame.url()), isTop: frame.parentFrame() === null }
    return link.ask('ipc', call).then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.message }),
    )
  })
  if (preload !== null) await page.addInitScript({ content: preloadScript(preload) })

  let expected = ''
  await page.route('**/*', (route) => answer(route, link, { id, isExpected: (url) => url === expected }))
  page.on('popup', (popup) => {
    const ask = async () => {
      if ((await link.ask('window.popup', { id, url: popup.url() })) === 'deny') await popup.close()
    }
    void ask().catch(() => undefined)
  })

  return {
    id,
    preferences,
    page,
    url: () => fromWeb(page.url()),
    visible: false,
    focused: false,
    async load(url) {
      expected = toWeb(url)
      await page.goto(expected)
    },
    async deliver(channel, args) {
      const send = ([name, ...message]: [string, string, unknown[]]) =>
        (window as unknown as Record<string, (channel: string, args: unknown[]) => void>)[name]?.(...message)
      // a page that is just being loaded or closed misses it, as in Electron
      await page.evaluate(send, [deliverName, channel, args] as [string, string, unknown[]]).catch(() => undefined)
    },
  }
}

/** Everything a page loads passes here, as it would pass Electron: navigation guard, request filter, protocol handler. */
async function answer(route: Route, link: Link, page: { id: number; isExpected: (url: string) => boolean }): Promise<void> {
  const request = route.request()
  const url = fromWeb(request.url())
  if (request.isNavigationRequest() && !page.isExpected(request.url())) {
    const isMainFrame = request.frame().parentFrame() === null
    if (!(await link.ask('window.navigate', { id: page.id, url, isMainFrame }))) return route.abort('aborted')
  }
  if (await link.ask('request', { url })) return route.abort('blockedbyclient')
  if (!url.startsWith('app:')) return route.fulfill({ status: 200, body: 'The host has no network; this would have been loaded.' })
  const response = (await link.ask('fetch', { url, method: request.method() })) as {
    status: number
    headers: Record<string, string>
    body: Uint8Array
  } | null
  if (!response) return route.abort('failed')
  return route.fulfill({ ...response, body: Buffer.from(response.body) })
}

/** Permissions as Chromium asks for them, and Electron's names of the same. */
const permissions = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  'clipboard-read': 'clipboard-read',
  'clipboard-write': 'clipboard-sanitized-write',
  camera: 'media',
} as const

/** Grants the window what the program's handler grants; Chromium denies the rest. Returns Chromium's names. */
export async function grantPermissions(context: BrowserContext, link: Link, windowId: number, url: string): Promise<string[]> {
  const granted: string[] = []
  for (const [name, permission] of Object.entries(permissions))
    if (await link.ask('permission', { windowId, permission, url })) granted.push(name)
  await context.grantPermissions(granted, { origin: new URL(toWeb(url)).origin })
  return granted
}
