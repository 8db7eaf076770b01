import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LegacyRouter, startLegacyRouter } from '../../../fakes/legacy-router.ts'
import { type NodeProcess, startNode } from '../../node-process.ts'
import { button, detailsOf, expectShown, goTo, openWindows, peerRow, type Windows } from './windows.ts'

const execute = promisify(execFile)

describe('old friends in the window of attic', () => {
  let windows: Windows
  let attic: NodeProcess
  let old: LegacyRouter
  let page: Page
  let key: string

  beforeAll(async () => {
    ;[windows, attic, old] = await Promise.all([
      openWindows(),
      startNode({ name: 'attic' }),
      startLegacyRouter({ name: 'old-nas', key: 'of-the-old-nas' }),
    ])
    page = await windows.open(attic)
  })
  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]()
    await Promise.all([attic?.stop(), old?.close()])
  })

  /** Registers by one curl call, as a machine without this program does; resolves with the status. */
  async function register(withKey: string): Promise<string> {
    const body = JSON.stringify({ nodeUrl: 'http://127.0.0.1:9', nodeName: 'old-thinkpad', capabilities: 'storage,compute' })
    const headers = ['-H', `X-API-Key: ${withKey}`, '-H', 'Content-Type: application/json']
    const target = `${attic.url}/api/mesh/register`
    return (await execute('curl', ['-sS', '-o', '/dev/null', '-w', '%{http_code}', ...headers, '-d', body, target])).stdout
  }

  it('the key that a machine with nothing but curl needs is shown in the settings', async () => {
    await goTo(page, 'Settings')
    await button(page, 'Show key').click()
    key = (await page.getByTestId('api-key').textContent()) ?? ''
    expect(await register(key)).toBe('201')
    expect(await register('a-wrong-key')).toMatch(/^40[13]$/u)
  })

  it('that machine is a legacy peer, which is told apart, proves nothing and is not let use anything', async () => {
    await goTo(page, 'Peers')
    await expectShown(peerRow(page, 'old-thinkpad', 'Not encrypted, Router API 0.1'))
    const details = await detailsOf(page, 'old-thinkpad')
    await expectShown(details.getByText('Legacy peer. Its traffic is not encrypted.'))
    await expectShown(details.getByText('Nothing of this computer can be allowed to it, because it cannot prove who it is.'))
  })

  it('whoever used the key, and whoever tried a wrong one, is in Activity', async () => {
    await goTo(page, 'Activity')
    await expectShown(page.getByText('old-thinkpad registered as a legacy peer').first())
    await expectShown(page.getByText(/tried a wrong key or token/u).first())
  })

  it('an older node is joined by its URL and its key, and answers', async () => {
    await goTo(page, 'Peers')
    await button(page, 'Join a mesh').click()
    await page.getByLabel('URL of any node in the mesh').fill(old.url)
    await expectShown(page.getByRole('dialog').getByText('An older node'))
    await page.getByRole('textbox', { name: 'Key of the older node' }).fill('of-the-old-nas')
    await button(page.getByRole('dialog'), 'Connect').click()
    await expectShown(page.getByRole('dialog').getByText('Connected as a legacy peer'))
    await button(page.getByRole('dialog'), 'Done').click()
    await expectShown(peerRow(page, 'old-nas', 'Legacy, answers'))
    expect(old.registered).toMatchObject([{ url: attic.url, name: 'attic' }])
  })

  it('is forgotten after the consequence was said', async () => {
    await button(await detailsOf(page, 'old-thinkpad'), 'Forget…').click()
    const dialog = page.getByRole('dialog', { name: 'Forget old-thinkpad?' })
    await expectShown(dialog.getByText('It may register itself again while it knows your key.'))
    await button(dialog, 'Forget peer').click()
    await peerRow(page, 'old-thinkpad').waitFor({ state: 'detached' })
    await expectShown(peerRow(page, 'old-nas'))
  })

  it('made no script fail and tried nothing its policy forbids', () => {
    expect(windows.faults).toEqual([])
  })
})
