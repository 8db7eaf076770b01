import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { idFor, maple } from '../../fixtures/household-peers.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { policies } from '../../fixtures/trust.ts'
import { launchBrowser } from '../browser.ts'

describe('the policies dialog', () => {
  let browser: Browser
  let server: Awaited<ReturnType<typeof startPageServer>>
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

  async function open(mesh: string, capability: string): Promise<void> {
    server = await startPageServer('out/renderer', calm(), { 'policy.set': policies[0] as (typeof policies)[number] })
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(server.url)
    await page.getByRole('button', { name: `Actions for ${mesh}` }).click()
    await page.getByRole('menuitem', { name: 'Policies…' }).click()
    await page.getByRole('button', { name: capability }).click()
  }
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  const sent = () => server.called.filter(({ name }) => name === 'policy.set').map(({ input }) => input)
  const ids = (...names: string[]) => names.map(idFor)

  it('orders computers from the keyboard, without losing the focus, and says where they are', async () => {
    await open('Maple Street', 'AI')
    expect(await button('Save for everybody').isDisabled()).toBe(true)
    await button('Ask workshop-pc earlier').focus()
    await page.keyboard.press('Enter')
    await page.getByText('workshop-pc is number 2 of 3').waitFor()
    await page.keyboard.press('Enter')
    await page.getByText('workshop-pc is number 1 of 3').waitFor()
    const focused = page.locator(':focus')
    expect(await focused.getAttribute('aria-label')).toBe('Ask workshop-pc later') // there is nothing earlier
    await page.getByRole('combobox', { name: 'Add a computer to “Asked first”' }).click()
    await page.getByRole('option', { name: 'attic-nas' }).click()
    await button('Take vps-helsinki out of “Asked last”').click()
    await page.getByLabel('through a relay').check()
    await button('Save for everybody').click()
    await expect.poll(sent).toEqual([
      {
        ...{ mesh: maple.id, capability: 'ai', scope: 'mesh' },
        rules: {
          ...{ preferredNodes: ids('workshop-pc', 'oskar-desktop', 'studio-desktop', 'attic-nas') },
          ...{ avoidMetered: true, onlyDirect: true },
        },
      },
    ])
  })

  it('makes rules for this computer from those of the mesh, and follows the mesh again', async () => {
    await open('Maple Street', 'Storage')
    await page.getByText('For this computer').click()
    await button('Make other rules here').click()
    await page.getByRole('textbox', { name: 'Farther away than' }).fill('20')
    await button('Save for this computer').click()
    await expect.poll(sent).toMatchObject([
      {
        capability: 'storage',
        scope: 'own',
        rules: { preferredNodes: ids('attic-nas'), replication: 2, onlyDirect: true, maxDistance: 20 },
      },
    ])
    await page.getByRole('button', { name: 'AI' }).click()
    await button('Follow the mesh again').click()
    await expect.poll(sent).toMatchObject([{ scope: 'own' }, { capability: 'ai', scope: 'own', rules: null }])
  })

  it('shows a member what was decided and by whom, and nothing to change it with', async () => {
    await open('Film club', 'Gateway')
    await page.getByText(/Decided by attic-nas, .*19/u).waitFor()
    expect(await page.getByText('Whoever is nearest').isVisible()).toBe(true)
    expect(await page.getByRole('dialog').getByRole('textbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: /^Save/u }).count()).toBe(0)
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})
