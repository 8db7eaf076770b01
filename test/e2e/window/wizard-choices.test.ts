import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SetupPage } from '../../../electron/contract/setup.ts'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { discovered, network } from '../../fixtures/discovery.ts'
import { firstRun } from '../../fixtures/snapshot.ts'
import { joinView } from '../../fixtures/views.ts'
import { launchBrowser } from '../browser.ts'

/** What the setup asks of the node, before fixtures. */
describe('the setup', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>
  let page: Page

  beforeAll(async () => void (browser = await launchBrowser()))
  afterAll(async () => browser.close())
  afterEach(async () => {
    await page.close()
    await server.stop()
  })

  async function open(at: SetupPage, more: Partial<Snapshot> = {}): Promise<void> {
    const state = firstRun({ setup: { state: 'open', page: at }, ...more })
    server = await startPageServer('out/renderer', state, {
      ...answers,
      'join.start': joinView(),
      'capability.set': state.capabilities['ai'] as Snapshot['capabilities'][string],
      'capability.find': [{ name: 'ai', backend: 'http://127.0.0.1:11434', detail: 'Ollama, 4 models' }],
    })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    await page.goto(server.url)
  }
  const inputsOf = (name: string) => server.called.filter((call) => call.name === name).map(({ input }) => input)

  it('asks the node found on this network with one press and without the id it told, and then shows the code', async () => {
    await open('mesh', { network, discovered })
    await page.getByRole('button', { name: 'Ask cellar-nas' }).click()
    await expect.poll(() => inputsOf('join.start')).toEqual([{ url: 'http://192.168.1.20:3000' }])
    const join = joinView()
    server.change({ joins: { [join.id]: join } })
    await page.getByRole('dialog').getByTestId('code').waitFor()
  })

  it('keeps to who was about to be asked while others show up, and goes on to the next when that one is gone', async () => {
    const [cellar, jonas] = Object.values(discovered) as [Snapshot['discovered'][string], Snapshot['discovered'][string]]
    await open('mesh', { network, discovered: { [jonas.id]: jonas } })
    await page.getByRole('button', { name: 'Ask jonas-laptop' }).waitFor()
    server.change({ discovered: { [cellar.id]: { ...cellar, since: jonas.since - 1 }, [jonas.id]: jonas } })
    await page.waitForFunction(() => document.querySelectorAll('.setup-found').length === 1)
    expect(await page.getByRole('button', { name: 'Ask jonas-laptop' }).count()).toBe(1)
    server.change({ discovered: { [cellar.id]: cellar } })
    await page.getByRole('button', { name: 'Ask cellar-nas' }).waitFor()
  })

  it('offers the engines that were found, and only while nobody uses the computer when a person wants that', async () => {
    await open('share')
    await page.getByText('Found: Ollama, 4 models').waitFor()
    expect(await page.getByRole('switch', { disabled: true }).count()).toBe(4)
    await page.getByRole('checkbox', { name: 'Only while nobody uses this computer' }).check()
    await page.getByRole('switch', { name: 'Offer AI' }).press('Space')
    await expect.poll(() => inputsOf('capability.set')).toEqual([{ name: 'ai', enabled: true, conditions: { whileInUse: false } }])
  })

  it('does not ask about use where this computer cannot tell', async () => {
    const { sharing } = firstRun()
    await open('share', { sharing: { ...sharing, presence: { ...sharing.presence, idleMs: null } } })
    await page.getByText('Found: Ollama, 4 models').waitFor()
    expect(await page.getByRole('checkbox').count()).toBe(0)
  })
})
