/**
 * The panel that stands in for a desktop's (test/support/tray-host), proved against a program that has its tray from a widespread
 * library, so that what it shows of Electron can be believed.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Display, hasXvfb, startDisplay } from '../../support/tray-host/display.ts'
import { hasDbusDaemon, type PrivateBus, startPrivateBus } from '../../support/tray-host/private-bus.ts'
import { startTrayHost, type TrayHost, type TrayItem } from '../../support/tray-host/tray-host.ts'

const python = '/usr/bin/python3'
const libraries = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('AyatanaAppIndicator3', '0.1')"
const missing =
  process.platform !== 'linux'
    ? 'this is not Linux'
    : !hasDbusDaemon()
      ? 'there is no dbus-daemon'
      : !hasXvfb()
        ? 'there is no Xvfb'
        : spawnSync(python, ['-c', libraries], { stdio: 'ignore' }).status !== 0
          ? 'there is no python3-gi with gir1.2-ayatanaappindicator3-0.1'
          : null
if (missing !== null) process.stderr.write(`Skipped: the panel of the Linux desktop, because ${missing}.\n`)

interface Indicator {
  /** What it has said since it was ready. */
  readonly said: string[]
  stop(): Promise<void>
}

let display: Display
let bus: PrivateBus
let host: TrayHost | null = null
let running: Indicator[] = []

async function startIndicator(): Promise<Indicator> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    DISPLAY: display.name,
    DBUS_SESSION_BUS_ADDRESS: bus.address,
    NO_AT_BRIDGE: '1',
  }
  const child: ChildProcess = spawn(python, [join(import.meta.dirname, '../../support/tray-host/indicator.py')], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said: string[] = []
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
  }
  running.push({ said, stop })
  lines.on('line', (line) => said.push(line))
  await expect.poll(() => said, { timeout: 20_000 }).toContain('ready')
  said.length = 0
  return { said, stop }
}

async function onlyItem(): Promise<TrayItem> {
  await expect.poll(async () => (await host?.items())?.length, { timeout: 20_000 }).toBe(1)
  const [item] = (await host?.items()) ?? []
  if (!item) throw new Error('The icon is gone again.')
  return item
}

beforeAll(async () => {
  if (missing === null) display = await startDisplay()
})
afterAll(() => display?.stop())
beforeEach(async () => {
  if (missing === null) bus = await startPrivateBus()
})
afterEach(async () => {
  for (const indicator of running) await indicator.stop()
  running = []
  await host?.stop()
  host = null
  await bus?.stop()
})

test.skipIf(missing !== null)('shows the icon of a program, and its menu (needs Xvfb, AppIndicator)', async () => {
  host = await startTrayHost(bus.address)
  await startIndicator()
  const item = await onlyItem()
  expect(item).toMatchObject({ id: 'fcn-test', title: 'A tray', status: 'Active', iconName: 'network-server' })
  const menu = await host.menu(item)
  expect(menu.map(({ label, kind, enabled, ticked }) => ({ label, kind, enabled, ticked }))).toEqual([
    { label: 'Open it', kind: 'standard', enabled: true, ticked: null },
    { label: '', kind: 'separator', enabled: true, ticked: null },
    { label: 'Offer storage', kind: 'standard', enabled: true, ticked: false },
    { label: 'Pause sharing', kind: 'standard', enabled: true, ticked: null },
    { label: 'Online, 2 of 3 members', kind: 'standard', enabled: false, ticked: null },
  ])
})

test.skipIf(missing !== null)('clicks reach the program, also in a submenu, and what they tick is ticked (needs Xvfb)', async () => {
  host = await startTrayHost(bus.address)
  const { said } = await startIndicator()
  const item = await onlyItem()
  await host.choose(item, 'Open it')
  await host.choose(item, 'Pause sharing', 'For 1 hour')
  await host.choose(item, 'Offer storage')
  await expect.poll(() => said).toEqual(['Open it', 'For 1 hour', 'offered'])
  await expect.poll(async () => (await host?.menu(item))?.find(({ label }) => label === 'Offer storage')?.ticked).toBe(true)
  await expect(host.choose(item, 'Quit')).rejects.toThrow('There is no "Quit" in the menu')
})

test.skipIf(missing !== null)('a panel that comes late gets the icons of programs that are there already (needs Xvfb)', async () => {
  host = await startTrayHost(bus.address, { present: false })
  await startIndicator()
  expect(await host.items()).toEqual([])
  await host.arrive()
  expect((await onlyItem()).id).toBe('fcn-test')
})

test.skipIf(missing !== null)('a panel that is restarted gets them anew (needs Xvfb)', async () => {
  host = await startTrayHost(bus.address)
  await startIndicator()
  await onlyItem()
  await host.leave()
  await host.arrive()
  expect((await onlyItem()).id).toBe('fcn-test')
})

test.skipIf(missing !== null)('the icon of a program that has ended is gone (needs Xvfb)', async () => {
  host = await startTrayHost(bus.address)
  const { stop } = await startIndicator()
  await onlyItem()
  await stop()
  running = []
  await expect.poll(async () => (await host?.items())?.length).toBe(0)
})
