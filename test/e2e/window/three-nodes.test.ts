import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLegacyRouter } from '../../fakes/legacy-router.ts'
import { launchBrowser } from '../browser.ts'
import { type EchoService, startEchoService } from '../echo-service.ts'
import { type NodeProcess, startNode } from '../node-process.ts'

const execute = promisify(execFile)

/** A toggle must be on every peer's screen within this time, ms (the rest is what the browser needs to paint). */
const toggleLimit = 2_000
const patience = { timeout: 20_000 }

describe('three nodes, through their pages', () => {
  let browser: Browser
  let attic: NodeProcess
  let mia: NodeProcess
  let service: EchoService
  let atticPage: Page
  let miaPage: Page
  const contexts: BrowserContext[] = []

  /** A browser of its own, let in by the one-time link the node gives. */
  async function open(node: NodeProcess): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    contexts.push(context)
    const page = await context.newPage()
    await page.goto(((await node.fcn('open', '--json')).json as { url: string }).url)
    await page.locator('#main').waitFor()
    return page
  }

  const goTo = (page: Page, screen: string) => page.getByRole('link', { name: new RegExp(`^${screen}`, 'u') }).click()

  /** A peer's row, whose label says in words what it draws. */
  const row = (page: Page, said: string) => page.getByRole('button', { name: new RegExp(`^Open details for ${said}`, 'u') })

  beforeAll(async () => {
    ;[browser, attic, mia, service] = await Promise.all([
      launchBrowser(),
      startNode({ name: 'attic' }),
      startNode({ name: 'mia' }),
      startEchoService(),
    ])
    atticPage = await open(attic)
    miaPage = await open(mia)
  })
  afterAll(async () => {
    await Promise.all(contexts.map((context) => context.close()))
    await browser.close()
    await Promise.all([attic.stop(), mia.stop(), service.stop()])
  })

  it('make a mesh, ask, wait, approve, and both say that they are members', async () => {
    for (const page of [atticPage, miaPage]) await page.getByRole('button', { name: 'Set up later' }).click()
    await atticPage.getByRole('button', { name: 'Create a new mesh' }).click()
    await atticPage.getByLabel('Name of the mesh').fill('Maple Street')
    await atticPage.getByRole('button', { name: 'Create mesh' }).click()

    await miaPage.getByRole('button', { name: /Join by URL/u }).click()
    await miaPage.getByLabel('URL of any node in the mesh').fill(attic.url)
    await miaPage.getByRole('button', { name: 'Ask to join' }).click(patience)
    await miaPage.getByText('Waiting for approval on attic').first().waitFor()

    await atticPage.getByText('mia asks to join Maple Street').first().waitFor()
    await atticPage.getByRole('button', { name: 'Review…' }).click()
    await atticPage.getByRole('button', { name: 'Codes match, approve' }).click(patience)
    await miaPage.getByRole('button', { name: 'The codes match' }).click(patience)

    await miaPage.getByText('You are a member of Maple Street').waitFor()
    await miaPage.getByRole('button', { name: 'Done' }).click()
    for (const [page, peer] of [
      [miaPage, 'attic'],
      [atticPage, 'mia'],
    ] as const) {
      await goTo(page, 'Peers')
      await row(page, `${peer}, Online`).waitFor(patience)
    }
    for (const node of [attic, mia]) {
      expect((await node.call('mesh.list')).body.value).toMatchObject([{ name: 'Maple Street', members: 2 }])
    }
  })

  it('show a capability that is switched on, on every peer within two seconds', async () => {
    await goTo(atticPage, 'Capabilities')
    const compute = atticPage.getByRole('switch', { name: 'Offer Compute' })
    await atticPage
      .getByRole('region', { name: 'Compute', exact: true })
      .getByRole('button', { name: /^Limits/u })
      .click()
    const drawer = atticPage.getByRole('complementary', { name: 'Limits of Compute' })
    await drawer.getByRole('textbox', { name: /compute/iu }).fill(`http://127.0.0.1:${service.port}`)
    await drawer.getByRole('button', { name: 'Save' }).click()
    await compute.focus()
    const begin = performance.now()
    await compute.press('Space')
    await row(miaPage, 'attic, Online.*offers Compute').waitFor({ timeout: toggleLimit })
    expect(performance.now() - begin).toBeLessThan(toggleLimit)
    const answer = await request(`${mia.url}/capabilities/any/compute/hello`, { method: 'POST', body: 'x' })
    expect(await answer.body.json()).toMatchObject({ bytes: 1, path: '/hello' })

    await compute.press('Space')
    await row(miaPage, 'attic, Online.*offers Compute').waitFor({ state: 'hidden', timeout: toggleLimit })
  })

  it('show a legacy node that joined with nothing but the two curl calls of its connect script', async () => {
    const { key } = (await attic.fcn('key', '--json')).json as { key: string }
    const old = await startLegacyRouter({ key })
    try {
      const registerAt = async (remote: string, nodeUrl: string, nodeName: string) => {
        const body = JSON.stringify({ nodeUrl, nodeName, capabilities: 'storage,compute' })
        const headers = ['-H', `X-API-Key: ${key}`, '-H', 'Content-Type: application/json']
        const { stdout } = await execute('curl', ['-sS', '-X', 'POST', `${remote}/api/mesh/register`, ...headers, '-d', body])
        expect(JSON.parse(stdout)).toMatchObject({ meshSize: expect.any(Number) as number })
      }
      await registerAt(attic.url, old.url, 'old-thinkpad')
      await registerAt(old.url, attic.url, 'attic')
      expect(old.registered).toMatchObject([{ url: attic.url, capabilities: 'storage,compute' }])

      await goTo(atticPage, 'Peers')
      const shown = row(atticPage, 'old-thinkpad, Legacy, answers')
      await shown.waitFor(patience)
      expect(await shown.textContent()).toContain('Not encrypted')
    } finally {
      await old.close()
    }
  })

  it('lose nothing when the page is reloaded, and come back by themselves when the node was restarted', async () => {
    await miaPage.reload()
    await goTo(miaPage, 'Peers')
    await row(miaPage, 'attic, Online').waitFor(patience)
    await mia.kill('SIGKILL')
    await miaPage
      .getByText(/Reconnecting/u)
      .first()
      .waitFor(patience)
    mia = await startNode({ port: mia.port, data: mia.data })
    await miaPage
      .getByText(/Reconnecting/u)
      .first()
      .waitFor({ state: 'hidden', ...patience })
    await row(miaPage, 'attic, Online').waitFor(patience)
    expect(await row(miaPage, 'attic').count()).toBe(1)
  })
})
