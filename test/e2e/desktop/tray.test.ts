import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()

test('the tray shows the node’s state in image, tooltip and menu', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  const tray = desktop.tray()
  expect(tray?.tooltip).toMatch(/^Free Compute Node: alone/)
  expect(tray?.menu.map(({ label }) => label)).toEqual(expect.arrayContaining(['Alone, no peers yet', 'Sharing nothing', 'Offer', 'Quit']))
  expect(existsSync(tray?.image ?? '')).toBe(true)
})

test('the tray follows what the page does', async () => {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  expect(await call(window, 'mesh.create', { name: 'Maple & Oak' })).toMatchObject({ ok: true })
  const labels = () => desktop.tray()?.menu.map(({ label }) => label)
  await expect.poll(labels).toContain('Maple && Oak, 1 of 1 online')
})

test('a capability without a program behind it is explained, not ticked', async () => {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  await desktop.choose('Storage')
  await expect.poll(() => window.url()).toBe('app://fcn/#/capabilities/storage')
  const ticked = () => desktop.tray()?.menu.find(({ label }) => label === 'Storage')?.checked
  await expect.poll(ticked).toBe(false)
})

test('a pause is chosen there, shown there, and ended there', async () => {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  await desktop.choose('Pause sharing', 'For 1 hour')
  await expect.poll(() => desktop.tray()?.tooltip).toMatch(/^Free Compute Node: paused until .*\d:\d\d, (1 h|59 min) left$/u)
  expect(basename(desktop.tray()?.image ?? '')).toMatch(/^paused/u)
  const resume = desktop.tray()?.menu.find(({ label }) => label.startsWith('Resume sharing'))?.label
  await desktop.choose(resume ?? '')
  await expect.poll(() => desktop.tray()?.tooltip).toMatch(/^Free Compute Node: alone/)
  expect(await call(window, 'snapshot.get', {})).toMatchObject({ ok: true, value: { sharing: { presence: { idleMs: 3_600_000 } } } })
})

test('an icon that the system refuses, as at login, is tried again; the window needs none', async () => {
  const desktop = await app.startIn({ HOST_TRAY_REFUSALS: '1' })
  await shownWindow(desktop)
  expect(desktop.tray()).toBeNull()
  await expect.poll(() => desktop.tray()?.tooltip, { timeout: 20_000 }).toMatch(/^Free Compute Node: alone/u)
})

test('Join opens its dialog, whatever the window shows', async () => {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  await desktop.choose('Join or invite…')
  await window.page.getByRole('dialog').getByRole('radiogroup').waitFor()
  expect(window.url()).not.toContain('open=')
})

test('the image follows the colour of the panel', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  if (process.platform === 'darwin') return expect(basename(desktop.tray()?.image ?? '')).toBe('aloneTemplate.png')
  await desktop.setDark(true)
  await expect.poll(() => desktop.tray()?.image).toMatch(/color-on-dark/)
})
