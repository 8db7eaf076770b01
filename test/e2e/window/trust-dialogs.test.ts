import jsqr from 'jsqr'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { idFor } from '../../fixtures/household-peers.ts'
import { busy, calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { joinOrInvite } from '../shot.ts'

type PageServer = Awaited<ReturnType<typeof startPageServer>>

describe('the dialogs of trust', () => {
  let browser: Browser
  let server: PageServer
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => browser.close())
  afterEach(async () => {
    await page.close()
    await server.stop()
  })

  async function open(state: Snapshot, path = ''): Promise<void> {
    server = await startPageServer('out/renderer', state, answers)
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(server.url + path)
  }
  const click = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const inputsOf = (name: string) => server.called.filter((call) => call.name === name).map(({ input }) => input)

  it('approve nothing by Enter, and by the button only with the code that was shown', async () => {
    await open(busy())
    await click('Review…')
    const approve = page.getByRole('button', { name: 'Codes match, approve' })
    expect(await approve.isDisabled()).toBe(true)
    await page.keyboard.press('Enter')
    await approve.and(page.locator(':enabled')).waitFor()
    await page.keyboard.press('Enter')
    expect(inputsOf('request.approve')).toEqual([])
    await approve.click()
    await expect.poll(() => inputsOf('request.approve')).toEqual([{ id: 'r1', code: '482913', role: 'member' }])
  })

  it('explain differing codes before they are told, and offer to block the key', async () => {
    await open(busy())
    await click('Review…')
    await click('Codes differ')
    await page.getByText('Nothing was shared.').waitFor()
    expect(inputsOf('request.reject')).toEqual([])
    await click('Block this key')
    await expect.poll(() => inputsOf('request.reject')).toEqual([{ id: 'r1', never: true, codesDiffer: true }])
  })

  it('show the halves of the code in their order in a right-to-left page too', async () => {
    await open(busy())
    await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'))
    await click('Review…')
    const halves = page.getByTestId('code').locator('span')
    const [first, second] = await Promise.all([halves.nth(0).boundingBox(), halves.nth(1).boundingBox()])
    expect(await halves.allTextContents()).toEqual(['482', '913'])
    expect(first && second && first.x + first.width <= second.x).toBe(true)
  })

  it('tell the other side when the joiner says that the codes differ', async () => {
    await open(busy())
    await click('Compare…')
    await click('The codes differ')
    await expect.poll(() => inputsOf('join.cancel')).toEqual([{ id: 'j1', codesDiffer: true }])
    await page.getByText('Nothing was shared. Try again on a network you trust.').waitFor()
  })

  it('show an invite once, as a code that a camera reads as the link', async () => {
    await open(calm())
    await joinOrInvite(page, 'Invite…')
    await page.getByLabel('Uses').fill('3')
    await click('Create invite')
    const { link } = answers['invite.create'] as { link: string }
    await page.getByText(link).waitFor()
    expect(inputsOf('invite.create')).toMatchObject([{ uses: 3, validFor: 86_400_000, role: 'member', askMe: false }])
    const { data, size } = await pixelsOf(page)
    expect(jsqr(data, size, size)?.data).toBe(link)
  })

  it('delete the recovery key here only after the person said that the file is there', async () => {
    await open(calm())
    await click('Actions for Maple Street')
    await page.getByRole('menuitem', { name: 'Name, admins, relay, recovery…' }).click()
    await click('Save the recovery key…')
    await page.getByLabel('Passphrase', { exact: true }).fill('lamp river stone')
    await page.getByLabel('Passphrase again').fill('lamp river stone')
    await page.getByLabel('Delete it from this computer afterwards').check()
    const [download] = await Promise.all([page.waitForEvent('download'), click('Save file')])
    expect(download.suggestedFilename()).toBe('maple-street.fcn-recovery')
    expect(inputsOf('mesh.recovery.export')).toMatchObject([{ forget: false }])
    await click('I have the file, delete the key here')
    await expect.poll(() => inputsOf('mesh.recovery.export')).toMatchObject([{ forget: false }, { forget: true }])
  })

  it('make an exception for one peer', async () => {
    await open(calm(), `#/peers/${idFor('attic-nas')}`)
    await page.getByRole('combobox', { name: 'Storage for attic-nas' }).click()
    await page.getByRole('option', { name: 'Always refused' }).click()
    await expect
      .poll(() => inputsOf('grant.except'))
      .toMatchObject([{ resource: 'capability:storage', peer: idFor('attic-nas'), allow: false }])
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})

/** The drawn QR code as RGBA pixels: its path is one square per dark module. */
async function pixelsOf(page: Page): Promise<{ data: Uint8ClampedArray; size: number }> {
  const drawing = page.locator('svg.qr')
  const modules = Number((await drawing.getAttribute('viewBox'))?.split(' ')[2])
  const path = (await drawing.locator('path').getAttribute('d')) ?? ''
  const scale = 4
  const size = modules * scale
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  for (const [, x = '', y = ''] of path.matchAll(/M(\d+) (\d+)/gu)) {
    for (let row = 0; row < scale; row++) {
      const start = ((Number(y) * scale + row) * size + Number(x) * scale) * 4
      for (let pixel = 0; pixel < scale; pixel++) data.fill(0, start + pixel * 4, start + pixel * 4 + 3)
    }
  }
  return { data, size }
}
