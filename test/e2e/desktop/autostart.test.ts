import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDesktopEntry } from '../../../electron/shell/desktop-entry.ts'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()
const entry = () => join(app.dataDir(), 'config/autostart/free-compute-node.desktop')

test.runIf(process.platform === 'linux')('Linux only: it is off, goes on for a person, starts this very node, and goes off', async () => {
  const window = await shownWindow(await app.start())
  expect(await call(window, 'autostart.get')).toEqual({ ok: true, value: { supported: true, enabled: false, why: null, recipe: null } })
  expect(existsSync(entry())).toBe(false)

  expect(await call(window, 'autostart.set', { enabled: true })).toMatchObject({ ok: true, value: { enabled: true, why: null } })
  const { command } = readDesktopEntry(readFileSync(entry(), 'utf8'))
  // the folder of the test has a space in its name
  expect(command).toEqual([process.execPath, process.cwd(), '--hidden', '--data', app.dataDir()])
  expect(app.dataDir()).toContain(' ')

  expect(await call(window, 'autostart.set', { enabled: false })).toMatchObject({ ok: true, value: { enabled: false } })
  expect(existsSync(entry())).toBe(false)
})

test('a start at login shows the tray and no window, until a person starts the program or clicks the tray', async () => {
  const first = await app.start('--hidden')
  await expect.poll(() => first.tray()?.tooltip, { timeout: 15_000 }).toMatch(/^Free Compute Node: alone/)
  expect(first.windows()).toEqual([])

  // the system starts it once more at the next login while it runs: still nobody has asked for a window
  expect(await (await app.start('--hidden')).exitCode).toBe(0)
  expect(first.windows()).toEqual([])

  expect(await (await app.start()).exitCode).toBe(0)
  await shownWindow(first)
})
