import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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

test.runIf(process.platform === 'linux')(
  'Linux only: what a person switched off elsewhere stays off, whatever is started again',
  async () => {
    const first = await app.start()
    expect(await call(await shownWindow(first), 'autostart.set', { enabled: true })).toMatchObject({ value: { enabled: true } })
    // as the settings of a desktop do it
    const off = `${readFileSync(entry(), 'utf8')}Hidden=true\n`
    writeFileSync(entry(), off)
    await first.choose('Quit')
    expect(await first.exitCode).toBe(0)

    // as after an update
    const window = await shownWindow(await app.start())
    expect(await call(window, 'autostart.get')).toMatchObject({ value: { enabled: false } })
    await call(window, 'settings.update', { theme: 'dark' })
    expect(readFileSync(entry(), 'utf8')).toBe(off)
  },
)

test('a start at login shows the tray and no window, until a person starts the program or clicks the tray', async () => {
  const first = await app.start('--hidden')
  await expect.poll(() => first.tray()?.tooltip, { timeout: 40_000 }).toMatch(/^Free Compute Node: alone/)
  expect(first.windows()).toEqual([])

  // the system starts it once more at the next login while it runs: still nobody has asked for a window
  expect(await (await app.start('--hidden')).exitCode).toBe(0)
  expect(first.windows()).toEqual([])

  expect(await (await app.start()).exitCode).toBe(0)
  await shownWindow(first)
})
