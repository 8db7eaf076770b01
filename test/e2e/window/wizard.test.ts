import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JoinView, RequestView } from '../../../electron/contract/snapshot.ts'
import type { SetupView } from '../../../electron/contract/setup.ts'
import { startBackend } from '../../fakes/backend.ts'
import { eventually } from '../../support/eventually.ts'
import { launchBrowser } from '../browser.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { enterOn, hasFocus, tabTo } from './keyboard.ts'
import { plainPhoto, qrPhoto } from './qr-picture.ts'

/** Failures of scripts, and what the page's policy forbade. */
const faults: string[] = []

let browser: Browser
beforeAll(async () => void (browser = await launchBrowser()))
afterAll(async () => browser.close())

/** Signs a browser of its own in to a node. */
async function openPage(node: NodeProcess): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('net::ERR_')) faults.push(message.text())
  })
  await page.goto(((await node.call('page.link')).body.value as { url: string }).url)
  return { page, context }
}

/** Waits until it is seen. */
const expectShown = (locator: Locator) => locator.waitFor()

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const setupOf = async (node: NodeProcess) => ((await node.call('snapshot.get')).body.value as { setup: SetupView }).setup

describe('the setup, by keyboard only', () => {
  let node: NodeProcess
  let models: Awaited<ReturnType<typeof startBackend>>
  let page: Page
  let context: BrowserContext

  beforeAll(async () => {
    models = await startBackend((_request, response) => void response.end(JSON.stringify({ data: [{ id: 'llama' }] })))
    node = await startNode({ name: 'attic' })
    await node.call('capability.set', { name: 'ai', backend: models.url })
    ;({ page, context } = await openPage(node))
  })
  afterAll(async () => {
    await context?.close()
    await Promise.all([node?.stop(), models?.stop()])
  })

  it('opens by itself on a new node, with the focus on its title', async () => {
    await expectShown(heading(page, 'Your computers, working together'))
    expect(new URL(page.url()).hash).toBe('#/setup')
    await expect.poll(() => hasFocus(heading(page, 'Your computers, working together'))).toBe(true)
  })

  it('names this computer', async () => {
    await tabTo(page, page.getByLabel('Name of this computer'))
    await page.keyboard.press('Control+A')
    await page.keyboard.type('studio')
    await page.keyboard.press('Enter')
    await expectShown(heading(page, 'Create a mesh, or join one'))
    expect(await node.call('settings.get')).toMatchObject({ body: { value: { name: 'studio' } } })
  })

  it('creates a mesh, chosen with the arrow keys', async () => {
    await tabTo(page, page.getByRole('radio', { checked: true }))
    await page.keyboard.press('ArrowUp')
    await expectShown(button(page, 'Use the invite…'))
    await page.keyboard.press('ArrowDown')
    await enterOn(page, button(page, 'Create a mesh…'))
    await tabTo(page, page.getByLabel('Name of the mesh'))
    await page.keyboard.type('Maple Street')
    await page.keyboard.press('Enter')
    await expectShown(page.getByText('This computer is in Maple Street'))
  })

  it('goes on at the same page after a reload', async () => {
    await page.reload()
    await expectShown(page.getByText('This computer is in Maple Street'))
    await enterOn(page, button(page, 'Continue'))
    await expectShown(heading(page, 'What this computer may offer'))
  })

  it('has everything off, and a switch that works at once', async () => {
    const all = page.getByRole('switch')
    expect(await all.count()).toBe(5)
    expect(await page.getByRole('switch', { checked: true }).count()).toBe(0)
    await tabTo(page, page.getByRole('switch', { name: 'Offer AI' }))
    await page.keyboard.press('Space')
    await expectShown(page.getByText('Offered', { exact: true }))
    expect(await node.call('capability.list')).toMatchObject({
      body: { value: expect.arrayContaining([expect.objectContaining({ name: 'ai', enabled: true })]) as unknown },
    })
  })

  it('can be left, is not shown by itself then, and is resumed at the same page from the Overview', async () => {
    await enterOn(page, button(page, 'Set up later'))
    await expectShown(page.getByRole('region', { name: 'Finish setting up' }).getByText('You stopped at “What to share”.'))
    expect(await setupOf(node)).toEqual({ state: 'left', page: 'share' })
    await page.reload()
    await expectShown(button(page, 'Finish setting up'))
    expect(new URL(page.url()).hash).not.toBe('#/setup')
    await enterOn(page, button(page, 'Finish setting up'))
    await expectShown(heading(page, 'What this computer may offer'))
    await enterOn(page, button(page, 'Continue'))
  })

  it('says how the page of a computer without a desktop is opened again, and how the system starts it', async () => {
    await expectShown(heading(page, 'How you get back here'))
    await expectShown(page.getByText(`npx fcn open --data ${node.data}`))
    await expectShown(page.getByText('WantedBy=default.target'))
    expect(await page.getByRole('switch').count()).toBe(0)
    await enterOn(page, button(page, 'Continue'))
  })

  it('ends with what is true, and is never shown by itself again', async () => {
    await expectShown(heading(page, 'Ready'))
    await expectShown(page.getByText('This computer is called studio.'))
    await expectShown(page.getByText('It is in Maple Street, alone so far.'))
    await expectShown(page.getByText('It offers AI.'))
    await enterOn(page, button(page, 'Open the Overview'))
    await expectShown(page.getByRole('navigation').first())
    await page.reload()
    await expectShown(page.getByRole('heading', { name: 'Maple Street' }).first())
    expect(await button(page, 'Finish setting up').count()).toBe(0)
  })

  it('does not come back when its mesh is left and the node starts anew, and opens at its address', async () => {
    await node.call('mesh.leave', { mesh: 'Maple Street', force: true })
    const { data, port } = node
    await node.kill('SIGTERM')
    node = await startNode({ data, port })
    await context.close()
    ;({ page, context } = await openPage(node))
    await expectShown(page.getByRole('button', { name: /^Create a new mesh/ }))
    expect(new URL(page.url()).hash).not.toBe('#/setup')
    await page.goto(`${node.url}/#/setup`)
    await expectShown(heading(page, 'Ready'))
    await enterOn(page, button(page, 'Back'))
    await expectShown(heading(page, 'How you get back here'))
    expect((await setupOf(node)).state).toBe('finished')
    await enterOn(page, button(page, 'Close the setup'))
    await expectShown(page.getByRole('button', { name: /^Create a new mesh/ }))
  })
})

describe('joining in the setup by a picture of an invite', () => {
  let cellar: NodeProcess
  let mia: NodeProcess
  let page: Page
  let context: BrowserContext
  let link: string

  beforeAll(async () => {
    ;[cellar, mia] = await Promise.all([startNode({ name: 'cellar' }), startNode({ name: 'mia' })])
    await cellar.call('mesh.create', { name: 'Garden Lane' })
    link = ((await cellar.call('invite.create', { askMe: true })).body.value as { link: string }).link
    ;({ page, context } = await openPage(mia))
  })
  afterAll(async () => {
    await context?.close()
    await Promise.all([cellar?.stop(), mia?.stop()])
  })

  const choose = (picture: Awaited<ReturnType<typeof qrPhoto>>) => page.locator('input[type="file"]').setInputFiles(picture)

  const field = () => page.getByLabel('Invite, as a link or as text')
  /** A picture as a browser hands it over, in base64; or a file of so many bytes that calls itself one. */
  const hand = (way: 'paste' | 'drop', content: string | number) =>
    field().evaluate(
      (element, { way, content }) => {
        const bytes =
          typeof content === 'number' ? new Uint8Array(content) : Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0))
        const data = new DataTransfer()
        data.items.add(new File([bytes], 'shot.png', { type: 'image/png' }))
        const how = { bubbles: true, cancelable: true }
        element.dispatchEvent(
          way === 'paste'
            ? new ClipboardEvent('paste', { ...how, clipboardData: data })
            : new DragEvent('drop', { ...how, dataTransfer: data }),
        )
      },
      { way, content },
    )

  it('opens the invite’s side of the join dialog', async () => {
    await button(page, 'Continue').click()
    await page.getByRole('radio', { name: /^Join with an invite/ }).check()
    await button(page, 'Use the invite…').click()
    await expectShown(page.getByRole('dialog').getByLabel('Invite, as a link or as text'))
  })

  it('says what is wrong with a picture without a code, with another code, and with no picture', async () => {
    await choose(await plainPhoto(browser))
    await expectShown(page.getByText(/^There is no QR code in this picture/))
    await choose(await qrPhoto(browser, 'https://example.org/not-an-invite'))
    await expectShown(page.getByText(/^There is a QR code in this picture, but it is not an invite/))
    await choose({ name: 'letter.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') })
    await expectShown(page.getByText(/^This is not a picture that can be read here/))
    await hand('drop', 20e6 + 1)
    await expectShown(page.getByText(/^This picture is too large/))
    expect(await field().inputValue()).toBe('')
  })

  it('reads a pasted picture, and one that is dropped, as one that is chosen', async () => {
    const picture = (await qrPhoto(browser, link)).buffer.toString('base64')
    for (const way of ['paste', 'drop'] as const) {
      await field().fill('')
      await hand(way, picture)
      await expect.poll(() => field().inputValue(), { timeout: 10_000 }).toBe(link)
    }
  })

  it('asks with the chosen picture; the setup names who must approve, and goes on meanwhile', async () => {
    await field().fill('')
    await choose(await qrPhoto(browser, link))
    await expectShown(page.getByText('The invite was read from invite.png.'))
    await page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).click()
    await expectShown(page.getByRole('dialog').getByText('Waiting for approval on cellar'))
    await page.getByRole('dialog').getByRole('contentinfo').getByRole('button', { name: 'Close' }).click()
    await expectShown(page.locator('#main').getByText('Waiting for approval on cellar'))
    await button(page, 'Continue').click()
    await expectShown(heading(page, 'What this computer may offer'))
    await button(page, 'Continue').click()
    await expectShown(heading(page, 'How you get back here'))
    await button(page, 'Continue').click()
    await expectShown(page.getByText('It waits for approval on cellar.'))
  })

  it('and says that this computer is a member as soon as cellar has approved', async () => {
    const request = await eventually(
      'the request is there',
      async () => ((await cellar.call('request.list')).body.value as RequestView[])[0],
    )
    await cellar.call('request.approve', { id: request.id })
    await expectShown(page.getByText(/^It is in Garden Lane with 2 members/))
    const joins = (await mia.call('join.list')).body.value as JoinView[]
    expect(joins.filter(({ state }) => state !== 'joined')).toEqual([])
  })
})

it('made no script fail and tried nothing its policy forbids', () => {
  expect(faults).toEqual([])
})
