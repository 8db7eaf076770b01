import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { groupIds } from '../../../renderer/features/settings/entries.ts'

describe('the settings of a real node', () => {
  let browser: Browser
  let node: NodeProcess
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    ;[browser, node] = await Promise.all([launchBrowser(), startNode({ name: 'attic-of-mia' })])
    page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' })
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    const { body } = await node.call('page.link')
    await page.goto((body.value as { url: string }).url)
    await open('settings')
  })
  afterAll(async () => {
    await browser?.close()
    await node?.stop()
  })

  /** Goes to an address of the page as a link from outside does. */
  const open = async (place: string) => {
    await page.goto(`${node.url}/#/${place}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const settings = async () => (await node.call('settings.get')).body.value as Record<string, unknown>
  const expectText = (text: string | RegExp) => page.getByText(text).first().waitFor()
  const groups = () => page.locator('.setting-group h2').allTextContents()
  const search = () => page.getByRole('searchbox', { name: 'Search settings' })

  it('are saved, say so, and a change is undone from the message', async () => {
    await field('Name of this computer').fill('cellar')
    await page.keyboard.press('Enter')
    await expectText('Saved')
    expect(await settings()).toMatchObject({ name: 'cellar' })
    await button('Undo').first().click()
    await expectText('Undone')
    expect(await settings()).toMatchObject({ name: 'attic-of-mia' })
    await expect.poll(() => field('Name of this computer').inputValue()).toBe('attic-of-mia')
  })

  it('show their default when they differ from it, and go back one by one', async () => {
    await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Dark').click()
    await expectText('Default: As the system')
    await button('Reset Appearance').click()
    await expect.poll(settings).toMatchObject({ theme: 'system' })
    await expect.poll(() => button('Reset Appearance').count()).toBe(0)
  })

  it('go back by group and all together, after a word about which', async () => {
    await node.call('settings.update', { auditDays: 30, auditEntries: 5_000, lookAround: false })
    await button('Reset group Activity log…').click()
    const dialog = page.getByRole('dialog', { name: 'Reset the group Activity log?' })
    await dialog.getByText('Keep the activity log for days: 365').waitFor()
    expect(await dialog.getByText('Look for other nodes').count()).toBe(0)
    await dialog.getByRole('button', { name: 'Reset', exact: true }).click()
    await expect.poll(settings).toMatchObject({ auditDays: 365, auditEntries: 100_000, lookAround: false })
    await button('Reset all settings…').click()
    await page.getByRole('dialog').getByText('Look for other nodes: On').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click()
    await expect.poll(settings).toMatchObject({ lookAround: true, name: 'attic-of-mia' })
    await expectText('Every setting is at its default.')
  })

  it('are not sent while they are not allowed, and the field says what is', async () => {
    await field('Keep the activity log for days').fill('0')
    await expectText('A number from 1 to 3650.')
    expect(await button('Save Keep the activity log for days').isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await field('Keep the activity log for days').inputValue()).toBe('365')
  })

  it('are found by other words for them, under their group; what fits nowhere is said', async () => {
    await search().fill('upnp')
    await expect.poll(groups).toEqual(['Network'])
    expect(await page.getByRole('switch', { name: 'Let the internet reach this computer' }).count()).toBe(1)
    await expectText('1 setting fits')
    await search().fill('quux')
    await expectText('Nothing fits “quux”')
    await button('Show all settings').first().click()
    await expect.poll(async () => (await groups()).length).toBe(groupIds.length)
  })

  it('have an address for each group and for what is searched for', async () => {
    await open('settings?find=firewall')
    expect(await search().inputValue()).toBe('firewall')
    await expect.poll(groups).toEqual(['Help and diagnostics'])
    await open('settings/security')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Security')
    await expect.poll(() => page.getByRole('link', { name: 'Security' }).getAttribute('aria-current')).toBe('location')
    await page.getByRole('link', { name: 'General' }).click()
    expect(page.url()).toMatch(/#\/settings\/general$/u)
  })

  it('say whether a port is free, and which program has it', async () => {
    await open('settings/network')
    const taken = createServer()
    await once(taken.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void taken.close())
    const { port } = taken.address() as AddressInfo
    await field('Port').fill(String(port))
    // the system shows a user its own programs: this test is one
    if (process.platform === 'linux') await expectText(new RegExp(`\\(process ${process.pid}\\) has port ${port}\\.`, 'u'))
    else await expectText(new RegExp(`has port ${port}\\.`, 'u'))
    await once(taken.close(), 'close')
    await field('Port').fill(String(port + 1))
    await field('Port').fill(String(port))
    await expectText(`Port ${port} is free.`)
    await field('Port').fill(String(node.port))
    await expectText(`This node uses port ${node.port} now.`)
    await field('Port').fill('99999')
    await expectText('A number from 1 to 65535, or nothing.')
    await page.keyboard.press('Escape')
  })

  it('that need a restart say so, what to do, and no longer when they are taken back', async () => {
    await field('Port').fill('4711')
    await button('Save Port').click()
    await expectText('Start the node again to finish: Port')
    await expectText(/Stop it where it runs/u)
    await button('Reset Port').click()
    await page.getByText('Start the node again to finish').waitFor({ state: 'detached' })
  })

  it('show the key when asked, hide it, and replace it only after the consequence', async () => {
    await open('settings/access')
    await button('Show key').click()
    const first = await page.getByTestId('api-key').textContent()
    expect(first).toHaveLength(32)
    await button('Replace…').click()
    await expectText('The old key stops working at once')
    await page.getByRole('dialog').getByRole('button', { name: 'Replace key' }).click()
    await expect.poll(() => page.getByTestId('api-key').textContent()).not.toBe(first)
    await button('Hide key').click()
    expect(await page.getByTestId('api-key').count()).toBe(0)
  })

  it('take an interface out by its switch', async () => {
    await open('settings/discovery')
    const used = page.getByRole('list', { name: 'Interfaces' }).getByRole('switch')
    if ((await used.count()) === 0) return
    const before = await used.first().isChecked()
    await used.first().press('Space')
    await expect.poll(() => used.first().isChecked()).toBe(!before)
    await used.first().press('Space')
    await expect.poll(() => used.first().isChecked()).toBe(before)
  })

  it('collect diagnostics that are shown whole before they are saved, with nothing secret in them', async () => {
    const mesh = 'Secret Garden of Mia'
    await node.call('mesh.create', { name: mesh })
    await node.call('service.share', { name: 'Love letters', url: 'http://192.168.77.88:8096/private' })
    const invite = (await node.call('invite.create', { note: 'for aunt Berta' })).body.value as { text: string }
    await node.call('join.start', { url: 'http://127.0.0.1:9/?token=hunter2' })
    const key = ((await node.call('key.show')).body.value as { key: string }).key
    const token = (await readFile(`${node.data}/control-token`, 'utf8')).trim()
    const id = ((await node.call('node.get')).body.value as { id: string }).id

    await open('diagnostics')
    await expectText('Program and computer')
    const shown = await page.locator('.diagnostics-text').textContent()
    const [download] = await Promise.all([page.waitForEvent('download'), button('Save as a file').click()])
    expect(download.suggestedFilename()).toMatch(/^fcn-diagnostics-2\d{3}-[\d-]+\.txt$/u)
    const saved = await readFile(await download.path(), 'utf8')
    // every line of the file was on the screen
    for (const line of saved.split('\n').filter((each) => !/^=*$/u.test(each))) expect(shown).toContain(line)
    expect(saved).toContain('version: ')
    expect(saved).toContain('The node is running.')
    for (const secret of [
      mesh,
      'Love letters',
      'aunt Berta',
      '192.168.77.88',
      'private',
      'hunter2',
      'attic-of-mia',
      key,
      token,
      id,
      node.data,
      invite.text,
    ])
      expect([secret, saved.includes(secret)]).toEqual([secret, false])

    await page.getByRole('searchbox', { name: 'Search in it' }).fill('protocol')
    await expectText(/^\d+ lines?$/u)
    expect(await page.locator('.diagnostics-text mark').first().textContent()).toBe('protocol')
  })

  it('lead to the versions and the licence of every library', async () => {
    await open('about')
    await expectText(/^\d+ free libraries are part of the program/u)
    await page.getByRole('searchbox', { name: 'Search libraries or licences' }).fill('undici')
    await button(/^Licence of undici/u).click()
    await expectText('Permission is hereby granted')
    expect(await page.getByRole('link', { name: 'Settings' }).first().getAttribute('aria-current')).toBe('page')
  })

  it('are the same by the command', async () => {
    const { stdout, code } = await node.fcn('diagnostics')
    expect(code).toBe(0)
    expect(stdout).toContain('Last lines of the log')
    expect(stdout).not.toContain('Secret Garden')
    const file = `${node.data}/d.txt`
    expect((await node.fcn('diagnostics', '--save', file, '--json')).json).toEqual({ file })
    expect(await readFile(file, 'utf8')).toContain('Program and computer')
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})
