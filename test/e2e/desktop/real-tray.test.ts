/** The tray of the built app in a real Electron, as a panel of the Linux desktop sees it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { expect, test } from 'vitest'
import { installedElectron } from '../../../electron/checkout/electron-binary.mjs'
import { type Display, hasXvfb, startDisplay } from '../../support/tray-host/display.ts'
import { hasDbusDaemon, startPrivateBus } from '../../support/tray-host/private-bus.ts'
import { startTrayHost, type TrayHost } from '../../support/tray-host/tray-host.ts'

const root = join(import.meta.dirname, '../../..')
const program = installedElectron(root, process.env)
const reason =
  process.platform !== 'linux'
    ? 'this is not Linux'
    : program === null
      ? 'no Electron binary is installed (`npx install-electron` fetches it)'
      : process.getuid?.() === 0
        ? 'Electron does not run as root'
        : hasDbusDaemon() && hasXvfb()
          ? null
          : 'there is no dbus-daemon or no Xvfb'
if (reason !== null) process.stderr.write(`Skipped: the tray of a real Electron, because ${reason}.\n`)

interface Setting {
  host: TrayHost
  app: ElectronApplication
}

/** The app, started without a window, on a bus and a screen of its own; the panel may come later. */
async function withApp({ panel }: { panel: boolean }, use: (setting: Setting) => Promise<void>): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fcn tray '))
  const display: Display = await startDisplay()
  const bus = await startPrivateBus()
  const host = await startTrayHost(bus.address, { present: panel })
  const app = await _electron.launch({
    executablePath: program ?? '',
    args: [root, '--data', dataDir, '--host', '127.0.0.1', '--name', 'attic-nas', '--hidden'],
    env: {
      ...(process.env as Record<string, string>),
      DISPLAY: display.name,
      WAYLAND_DISPLAY: '',
      DBUS_SESSION_BUS_ADDRESS: bus.address,
      XDG_CURRENT_DESKTOP: 'KDE',
    },
  })
  try {
    await use({ host, app })
  } finally {
    await app.close()
    await host.stop()
    await bus.stop()
    await display.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

const oneItem = async (host: TrayHost) => {
  await expect.poll(async () => (await host.items()).length, { timeout: 20_000 }).toBe(1)
  const [item] = await host.items()
  if (!item) throw new Error('The icon is gone again.')
  return item
}

test.skipIf(reason !== null)('is there with picture, words and menu, and opens the window (needs Electron)', async () => {
  await withApp({ panel: true }, async ({ host, app }) => {
    const item = await oneItem(host)
    expect(item.status).toBe('Active')
    expect(item.pixels.length + item.iconName.length).toBeGreaterThan(0)
    const labels = (await host.menu(item)).map(({ label }) => label)
    expect(labels).toEqual(expect.arrayContaining(['Alone, no peers yet', 'Sharing nothing', 'Quit']))
    await host.choose(item, 'Open Free Compute Node')
    expect((await app.firstWindow()).url()).toMatch(/^app:\/\/fcn\/(#|$)/u)
  })
})

test.skipIf(reason !== null)('comes to a panel that is late, and back to one that was restarted (needs Electron)', async () => {
  await withApp({ panel: false }, async ({ host }) => {
    expect(await host.items()).toEqual([])
    await host.arrive()
    await oneItem(host)
    await host.leave()
    await host.arrive()
    await oneItem(host)
  })
})
