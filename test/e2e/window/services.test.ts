import { once } from 'node:events'
import { createServer as createWebServer } from 'node:http'
import { type AddressInfo, createServer, type Server } from 'node:net'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../support/free-port.ts'
import { launchBrowser } from '../browser.ts'
import { joinedPair } from '../joined-pair.ts'
import type { NodeProcess } from '../node-process.ts'

/** Waits until it is seen, at most `limit` ms. */
const expectShown = (locator: Locator, limit = 15_000) => locator.waitFor({ timeout: limit })

const listening = async (server: Server): Promise<number> => {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('services of two real nodes', () => {
  let browser: Browser
  let attic: NodeProcess
  let mia: NodeProcess
  let onAttic: Page
  let onMia: Page
  const faults: string[] = []

  const openPage = async (node: NodeProcess) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(((await node.call('page.link')).body.value as { url: string }).url)
    await page.goto(`${node.url}/#/services`)
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor()
    return page
  }

  beforeAll(async () => {
    browser = await launchBrowser()
    ;({ approver: attic, joiner: mia } = await joinedPair({ approver: 'attic', joiner: 'mia' }))
    ;[onAttic, onMia] = await Promise.all([openPage(attic), openPage(mia)])
  })
  afterAll(async () => {
    await browser?.close()
    await Promise.all([attic?.stop(), mia?.stop()])
  })

  const port = () => onAttic.getByLabel('Port on this computer')

  it('what answers at a port is said before it is shared: a page by its title, another program, nothing, the node itself', async () => {
    const web = await listening(
      createWebServer((_request, answer) => answer.setHeader('content-type', 'text/html').end('<title>Holiday photos</title>')),
    )
    const other = await listening(createServer((socket) => socket.end('220 no web here\r\n')))
    await port().fill(String(web))
    await expectShown(onAttic.getByText('A web page answers: Holiday photos.'))
    await port().fill(String(other))
    await expectShown(onAttic.getByText('A program answers, but it is no web page.'))
    await port().fill(String(await freePort()))
    await expectShown(onAttic.getByText('Nothing answers there now.'))
    await port().fill(String(attic.port))
    await expectShown(onAttic.getByText('That is this node itself.'))
  })

  it('a program is shared, opened on the other computer, and gone there when it is unshared', async () => {
    const web = await listening(
      createWebServer((_request, answer) => answer.setHeader('content-type', 'text/html').end('<title>x</title>Hello mia')),
    )
    await port().fill(String(web))
    await onAttic.getByLabel('Name').first().fill('Photo library')
    await onAttic.getByRole('button', { name: 'Share service' }).click()
    const own = onAttic.getByRole('list', { name: 'Shared by this computer' }).getByRole('listitem').filter({ hasText: 'Photo library' })
    await expectShown(own.getByText('Answers'))

    const line = onMia.getByRole('list', { name: 'Shared by peers' }).getByRole('listitem').filter({ hasText: 'Photo library' })
    await expectShown(line.getByText('Reachable'), 30_000)
    await expectShown(line.getByText(/^On attic · Direct/u))
    const [opened] = await Promise.all([
      onMia.context().waitForEvent('page'),
      line.getByRole('link', { name: 'Open Photo library in a browser' }).click(),
    ])
    await expectShown(opened.getByText('Hello mia'))

    await attic.fcn('grant', 'service:photo-library', 'nobody')
    await expectShown(line.getByText('Not for this computer'), 30_000)
    await expectShown(line.getByText('attic does not let this computer use it.'))
    expect(await line.getByRole('link', { name: /^Open/u }).count()).toBe(0)

    await own.getByRole('button', { name: 'Stop sharing Photo library…' }).click()
    await onAttic.getByRole('dialog').getByRole('button', { name: 'Stop sharing', exact: true }).click()
    await own.waitFor({ state: 'detached' })
    await line.waitFor({ state: 'detached', timeout: 30_000 })
  })

  it('programs on this computer are looked for only when somebody asks', async () => {
    await onAttic.getByRole('button', { name: 'Find programs that run here' }).click()
    await expectShown(onAttic.getByRole('button', { name: 'Look again' }))
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})
