import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()

test('a click makes a mesh, which the window and the tray both show', async () => {
  const desktop = await app.start()
  const { page } = await shownWindow(desktop)
  await page.getByRole('button', { name: 'Set up later' }).click()
  await page.getByRole('button', { name: 'Create a new mesh' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Maple Street')
  await dialog.getByRole('button', { name: 'Create mesh' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('Maple Street').first().waitFor()
  await expect.poll(() => desktop.tray()?.menu.map(({ label }) => label)).toContain('Maple Street, 1 of 1 online')
})

test('a call of the page changes the node, and the change is drawn', async () => {
  const window = await shownWindow(await app.start())
  await window.page.getByRole('button', { name: 'Set up later' }).click()
  const answer = await call(window, 'settings.update', { name: 'cellar-nas' })
  expect(answer).toMatchObject({ ok: true, value: { settings: { name: 'cellar-nas' } } })
  await window.page.getByText('cellar-nas').first().waitFor()
})

test('a failure comes back as data with its code', async () => {
  const window = await shownWindow(await app.start())
  expect(await call(window, 'settings.update', { name: '' })).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
  expect(await call(window, 'constructor')).toMatchObject({ ok: false, error: { code: 'not_found' } })
})

interface Seen {
  revision: number
  text: string
}

test('a burst of changes reaches the page in order, without a gap, to the last', async () => {
  const window = await shownWindow(await app.start())
  await window.page.evaluate(() => {
    const page = globalThis as unknown as { seen: Seen[]; fcn: { onChange(listener: (change: { revision: number }) => void): void } }
    page.seen = []
    page.fcn.onChange((change) => page.seen.push({ revision: change.revision, text: JSON.stringify(change) }))
  })
  for (let count = 0; count < 10; count++) await call(window, 'settings.update', { name: `name-${count}` })
  const seen = () => window.page.evaluate(() => (globalThis as unknown as { seen: Seen[] }).seen)
  await expect.poll(async () => (await seen()).at(-1)?.text, { timeout: 5_000 }).toContain('name-9')
  const revisions = (await seen()).map(({ revision }) => revision)
  expect(revisions).toEqual(revisions.map((_, index) => (revisions[0] ?? 0) + index))
})

test('closing the window destroys its renderer, and the node runs on with its state', async () => {
  const desktop = await app.start()
  const first = await shownWindow(desktop)
  await first.page.getByRole('button', { name: 'Set up later' }).click()
  await first.page.getByRole('button', { name: 'Create a new mesh' }).waitFor()
  await call(first, 'settings.update', { name: 'cellar-nas' })
  await desktop.closeWindow()
  await expect.poll(() => first.page.isClosed()).toBe(true)
  expect(desktop.windows()).toEqual([])

  await desktop.choose('Open Free Compute Node')
  const second = await shownWindow(desktop)
  expect(second.id).not.toBe(first.id)
  await second.page.getByText('cellar-nas').first().waitFor()
})

test('a window whose process crashes says so, in its own language, and loads again at a click', async () => {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  await call(window, 'settings.update', { language: 'de', name: 'cellar-nas' })
  await window.page.locator('html[lang=de]').waitFor()
  await desktop.crashWindow()
  await window.page.getByRole('heading', { name: 'Das Fenster ist stehen geblieben' }).waitFor()
  expect(window.url()).toBe('app://fcn/reload.html')
  expect(await window.page.locator('html').getAttribute('lang')).toBe('de')

  await window.page.getByRole('link', { name: 'Neu laden' }).click()
  await window.page.getByRole('textbox', { name: 'Name dieses Computers' }).waitFor()
  expect(desktop.dialogs()).toEqual([])
})

test('a window that crashes again and again is closed with the path of the log, and can be opened again', async () => {
  const desktop = await app.start()
  const first = await shownWindow(desktop)
  for (let crash = 0; crash < 4; crash++) await desktop.crashWindow()
  await expect.poll(() => first.page.isClosed()).toBe(true)
  expect(desktop.dialogs()).toMatchObject([{ content: expect.stringContaining(join(app.dataDir(), 'log', 'node.log')) as string }])
  await desktop.clickTray()
  expect((await shownWindow(desktop)).id).not.toBe(first.id)
})

test('the page has the contract and nothing else of the program', async () => {
  const window = await shownWindow(await app.start())
  const found = await window.page.evaluate(() => ({
    bridge: Object.keys((globalThis as unknown as { fcn: object }).fcn),
    frozen: Object.isFrozen((globalThis as unknown as { fcn: object }).fcn),
    leaked: ['require', 'process', 'module', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
  }))
  expect(found).toEqual({ bridge: ['invoke', 'onChange'], frozen: true, leaked: [] })
  expect(window.preferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false })
})
