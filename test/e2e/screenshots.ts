/**
 * Pictures of every screen from the fixtures, light and dark, wide and narrow: `node test/e2e/screenshots.ts [folder]
 * [part of a name]`. The page must have been built. Not a test: the pictures are for looking at.
 */
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import { startPageServer } from '../fakes/page-server.ts'
import { answers } from '../fixtures/answers.ts'
import { busy, calm, firstRun, fixtureTime, idFor, maple } from '../fixtures/snapshot.ts'
import { launchBrowser } from './browser.ts'

interface Shot {
  name: string
  state: Snapshot
  path?: string
  /** What is done before the picture is taken. */
  act?: (page: Page) => Promise<void>
}

const openJoin = async (page: Page) => page.getByRole('button', { name: 'Join a mesh' }).first().click()

const shots: Shot[] = [
  { name: 'first-run', state: firstRun() },
  { name: 'overview-busy', state: busy() },
  { name: 'overview-calm', state: calm() },
  { name: 'peers', state: busy(), path: '#/peers' },
  { name: 'peers-drawer', state: calm(), path: `#/peers/${idFor('oskar-desktop')}` },
  { name: 'peers-legacy', state: calm(), path: `#/peers/${encodeURIComponent('http://192.168.1.77:3000')}` },
  {
    name: 'peers-empty',
    state: firstRun({ meshes: { [maple.id]: { ...maple, members: 1, online: 1 } } }),
    path: '#/peers',
  },
  { name: 'capabilities', state: calm(), path: '#/capabilities' },
  { name: 'services', state: calm(), path: '#/services' },
  { name: 'activity', state: calm(), path: '#/activity' },
  { name: 'settings', state: calm(), path: '#/settings' },
  {
    name: 'join-url',
    state: calm(),
    async act(page) {
      await openJoin(page)
      await page.getByLabel('URL of any node in the mesh').fill('http://192.168.7.20:3000')
      await page.getByText('Encrypted connection available').waitFor()
    },
  },
  {
    name: 'join-waiting',
    state: busy(),
    async act(page) {
      await page.getByRole('button', { name: 'Show' }).click()
      await page.getByText('Waiting for approval on cellar-nas').last().waitFor()
    },
  },
  {
    name: 'approve',
    state: busy(),
    async act(page) {
      await page.getByRole('button', { name: 'Review…' }).click()
      await page.getByRole('button', { name: 'Approve', exact: true }).and(page.locator(':enabled')).waitFor()
    },
  },
  {
    name: 'create-mesh',
    state: firstRun(),
    async act(page) {
      await page.getByRole('button', { name: 'Create a new mesh' }).click()
      await page.getByLabel('Name of the mesh').fill('Maple Street')
    },
  },
]

const sizes = { wide: { width: 1280, height: 800 }, narrow: { width: 420, height: 800 } }

async function take(browser: Browser, folder: string, { name, state, path = '', act }: Shot): Promise<void> {
  const server = await startPageServer(resolve('out/renderer'), state, answers)
  try {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [size, viewport] of Object.entries(sizes)) {
        const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' })
        page.on(
          'console',
          (message) => ['error', 'warning'].includes(message.type()) && process.stdout.write(`${name}: ${message.text()}\n`),
        )
        page.on('pageerror', (error) => process.stdout.write(`${name}: ${error.message}\n`))
        await page.clock.setFixedTime(fixtureTime)
        await page.goto(server.url + path)
        await page.locator('#main').waitFor()
        await page.waitForTimeout(150)
        await act?.(page)
        await page.waitForTimeout(250)
        await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) })
        await page.close()
      }
    }
  } finally {
    await server.stop()
  }
}

const folder = resolve(process.argv[2] ?? 'out/screenshots')
const wanted = process.argv[3] ?? ''
await mkdir(folder, { recursive: true })
const browser = await launchBrowser()
try {
  for (const shot of shots) if (shot.name.includes(wanted)) await take(browser, folder, shot)
} finally {
  await browser.close()
}
