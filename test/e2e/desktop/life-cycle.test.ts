import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()

test('a second start shows the window of the first and ends', async () => {
  const first = await app.start()
  await shownWindow(first)
  await first.closeWindow()
  await expect.poll(() => first.windows()).toEqual([])

  const second = await app.start()
  expect(await second.exitCode).toBe(0)
  expect(second.windows()).toEqual([])
  await shownWindow(first)
})

test('Quit stops the node, removes the tray and ends with 0', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  const before = Date.now()
  await desktop.choose('Quit')
  expect(await desktop.exitCode).toBe(0)
  expect(Date.now() - before).toBeLessThan(6_000)
  expect(desktop.tray()).toBeNull()
  expect(desktop.stderr()).toBe('')
})

test('closing says once that the program runs on, and the switch is in the settings', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  await desktop.closeWindow()
  await expect.poll(() => desktop.questions().map(({ message }) => message)).toEqual(['Free Compute Node keeps running in the tray.'])
  // the window does not wait for the answer
  expect(desktop.windows()).toEqual([])
  desktop.answer('OK')

  await desktop.clickTray()
  const window = await shownWindow(desktop)
  await expect.poll(() => call(window, 'settings.get')).toMatchObject({ value: { tellClosing: false } })
  await desktop.closeWindow()
  await expect.poll(() => desktop.windows()).toEqual([])
  expect(desktop.questions()).toEqual([])
})

test('quitting takes the window away first, the tray next, and stops the node last', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  await desktop.choose('Quit')
  expect(await desktop.exitCode).toBe(0)
  expect(desktop.ended()).toEqual(['window', 'tray'])
  expect(await readFile(join(app.dataDir(), 'log', 'node.log'), 'utf8')).not.toMatch(/did not stop/u)
  // quitting is no closing: nothing is said about running on
  expect(desktop.questions()).toEqual([])
})

test('an error that nobody caught ends the program in order, with the path of the log', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  await desktop.breakWith('a part has a flaw')
  expect(await desktop.exitCode).toBe(70)
  expect(desktop.tray()).toBeNull()
  expect(desktop.dialogs()).toMatchObject([{ content: expect.stringContaining(join(app.dataDir(), 'log', 'node.log')) as string }])
  expect(desktop.stderr()).not.toContain('a part has a flaw')
  expect(await readFile(join(app.dataDir(), 'log', 'node.log'), 'utf8')).toContain('a part has a flaw')
})

test.skipIf(process.platform === 'win32')('a signal quits in order too', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  desktop.kill('SIGTERM')
  expect(await desktop.exitCode).toBe(0)
})

test('everything it keeps is in its data folder', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  expect(existsSync(join(app.dataDir(), 'electron'))).toBe(true)
  expect(existsSync(join(app.dataDir(), 'log', 'node.log'))).toBe(true)
  expect(JSON.parse(await readFile(join(app.dataDir(), 'settings.json'), 'utf8'))).toMatchObject({ name: 'attic-nas' })
})

test('a wrong argument is explained, with exit code 64', async () => {
  const desktop = await app.start('--port', '70000')
  expect(await desktop.exitCode).toBe(64)
  expect(desktop.stderr()).toBe('--port takes a number from 1 to 65535, not "70000".\n`npm start -- --help` lists what can be given.\n')
  expect(desktop.dialogs()).toHaveLength(1)
})
