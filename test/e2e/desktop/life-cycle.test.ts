import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shownWindow, useApp } from './app.ts'

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
