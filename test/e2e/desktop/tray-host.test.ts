import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { reasonWithoutBus, type SessionBus, startPanel, startSessionBus } from '../../fakes/session-bus.ts'
import type { WindowPage } from '../../fakes/desktop-host/window-page.ts'
import { call, shownWindow, useApp } from './app.ts'

if (reasonWithoutBus !== null) process.stderr.write(`Skipped: the tray on a real session bus, because ${reasonWithoutBus}.\n`)

const app = useApp()
let folder: string
let bus: SessionBus

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fcn bus '))
  if (reasonWithoutBus === null) bus = await startSessionBus(folder)
})
afterEach(async () => {
  if (reasonWithoutBus === null) await bus[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const gnome = () => ({ DBUS_SESSION_BUS_ADDRESS: bus.address, XDG_CURRENT_DESKTOP: 'GNOME', XDG_SESSION_TYPE: 'wayland' })
const warned = async (window: WindowPage) => {
  const { value } = (await call(window, 'snapshot.get')) as { value: Snapshot }
  return 'no_tray' in value.health
}

test.skipIf(reasonWithoutBus !== null)('needs dbus-daemon: a desktop without tray icons is told so, until a panel comes', async () => {
  const desktop = await app.startIn(gnome())
  const window = await shownWindow(desktop)
  await expect.poll(() => warned(window), { timeout: 45_000 }).toBe(true)
  expect(desktop.tray()?.made).toBe(1)

  // the panel comes, goes and comes again: each time the icon is made for it
  const first = await startPanel(bus.path)
  await expect.poll(() => desktop.tray()?.made, { timeout: 40_000 }).toBe(2)
  await expect.poll(() => warned(window)).toBe(false)
  await first.stop()
  const second = await startPanel(bus.path)
  await expect.poll(() => desktop.tray()?.made, { timeout: 40_000 }).toBe(3)
  expect(desktop.tray()?.tooltip).toMatch(/^Free Compute Node: alone/u)
  await second.stop()
})

test.skipIf(reasonWithoutBus !== null)('needs dbus-daemon: the window names the extension, in the language of its person', async () => {
  const desktop = await app.startIn(gnome())
  const window = await shownWindow(desktop)
  await window.page.getByRole('button', { name: 'Set up later' }).click()
  await window.page.getByText('This desktop shows no tray icons').waitFor({ timeout: 45_000 })
  await window.page.getByText('AppIndicator and KStatusNotifierItem Support').waitFor()
  await call(window, 'settings.update', { language: 'fr' })
  await window.page.getByText('Ce bureau ne montre pas d’icônes de notification').waitFor()
  expect(await window.page.getByText('AppIndicator and KStatusNotifierItem Support').count()).toBe(1)
})

test.skipIf(reasonWithoutBus !== null)('needs dbus-daemon: where a panel is there, nothing is said, and sleep costs no icon', async () => {
  const panel = await startPanel(bus.path)
  const desktop = await app.startIn(gnome())
  const window = await shownWindow(desktop)
  await desktop.power('resume')
  await expect.poll(() => desktop.tray()?.made, { timeout: 40_000 }).toBe(2)
  expect(await warned(window)).toBe(false)
  await panel.stop()
})
