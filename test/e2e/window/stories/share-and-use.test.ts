import type { Locator, Page } from 'playwright-core'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../../support/eventually.ts'
import { type NodeProcess, startNode } from '../../node-process.ts'
import { type ServingMesh, startServingMesh, valueOf } from '../../routing/serving-mesh.ts'
import { type HeldModels, startHeldModels } from './held-models.ts'
import { button, detailsOf, expectShown, goTo, openWindows, peerRow, type Windows } from './windows.ts'

/** What is switched in one window is seen in the other within this time, ms. */
const switchLimit = 2_000

describe('two windows side by side: attic shares a language model, mia uses it', () => {
  let windows: Windows
  let mesh: ServingMesh
  let models: HeldModels
  let attic: NodeProcess
  let mia: NodeProcess
  let atAttic: Page
  let atMia: Page

  beforeAll(async () => {
    ;[windows, mesh, models] = await Promise.all([openWindows(), startServingMesh(['attic']), startHeldModels()])
    mia = mesh.caller
    attic = mesh.serving[0] as NodeProcess
    await valueOf(attic, 'capability.set', { name: 'ai', backend: models.url })
    ;[atAttic, atMia] = await Promise.all([windows.open(attic), windows.open(mia)])
    await Promise.all([goTo(atAttic, 'Capabilities'), goTo(atMia, 'Peers')])
    await expectShown(peerRow(atMia, 'attic', 'Online'))
  })
  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]()
    models?.release()
    await Promise.all([mesh?.stop(), models?.stop()])
  })

  const card = () => atAttic.getByRole('region', { name: 'AI', exact: true })
  const offer = () => atAttic.getByRole('switch', { name: 'Offer AI' })
  /** What mia's window says about using attic's AI. */
  const useOfAttic = async (): Promise<Locator> =>
    (await detailsOf(atMia, 'attic'))
      .getByRole('list', { name: 'What this computer uses of it' })
      .getByRole('listitem')
      .filter({ hasText: 'AI' })
  const requests = (page: Page, said: RegExp) => page.getByRole('button', { name: said }).first()
  const askAtMia = async () => {
    const answer = await request(`${mia.url}/capabilities/any/ai/api/tags`)
    await answer.body.dump()
    return answer.statusCode
  }

  /** Goes to the requests in Activity. */
  async function goToRequests(page: Page): Promise<void> {
    await goTo(page, 'Activity')
    await page.getByRole('radiogroup', { name: 'What to look at' }).getByText('Requests', { exact: true }).click()
  }

  it('switched on in one window, it is in the row and in the details of the other within two seconds', async () => {
    await expectShown(card().getByText('Off', { exact: true }))
    await offer().press('Space')
    await peerRow(atMia, 'attic', 'offers AI').waitFor({ timeout: switchLimit })
    await expectShown(card().getByText('Ready', { exact: true }))
    await expectShown((await useOfAttic()).getByText('Asked first'))
  })

  it('while mia uses it, both windows say so', async () => {
    const body = JSON.stringify({ model: 'llama', messages: [{ role: 'user', content: 'hello' }] })
    const answered = request(`${mia.url}/capabilities/any/ai/api/chat`, { method: 'POST', body })
    await eventually('the program was asked', () => models.held.length > 0)
    await expectShown(peerRow(atMia, 'attic', 'in use by this computer: AI'))
    await expectShown(card().getByText('In use by 1 peer'))
    await expectShown(card().getByText('mia', { exact: true }))
    await Promise.all([goToRequests(atMia), goToRequests(atAttic)])
    await expectShown(requests(atMia, /This computer asked for AI.*Sent to attic, direct.*Running/u))
    await expectShown(requests(atAttic, /mia asked for AI.*Running/u))
    models.release()
    expect(await (await answered).body.json()).toMatchObject({ message: { content: 'done' }, done: true })
  })

  it('and afterwards where it ran, and for whom', async () => {
    await expectShown(requests(atMia, /This computer asked for AI.*Ran on attic, direct.*Done/u))
    await expectShown(requests(atAttic, /mia asked for AI.*Ran on this computer.*Done/u))
  })

  it('paused from the window of attic, mia sees it, is refused with that reason, and is served again when it is resumed', async () => {
    await Promise.all([goTo(atAttic, 'Capabilities'), goTo(atMia, 'Peers')])
    await button(atAttic, 'Pause everything').click()
    await atAttic.getByRole('menuitem', { name: 'For 1 hour' }).click()
    await expectShown(card().getByText(/^Paused until /u))
    await expectShown((await useOfAttic()).getByText('Has paused sharing it'))
    await expectShown(atMia.getByTitle('AI: paused there').first())
    expect(await askAtMia()).toBe(503)
    await button(atAttic, 'Resume').click()
    await expectShown((await useOfAttic()).getByText('Asked first'))
    await eventually('mia is served', async () => (await askAtMia()) === 200)
  })

  it('allowed to nobody, mia is told that it may not; allowed to all, it may', async () => {
    await button(card(), 'Limits of AI').click()
    const drawer = atAttic.getByRole('complementary', { name: 'Limits of AI' })
    const choose = async (rule: string) => {
      await drawer.getByRole('combobox', { name: 'Who may use AI in Maple Street' }).click()
      await atAttic.getByRole('option', { name: rule }).click()
    }
    await choose('Nobody')
    await expectShown((await useOfAttic()).getByText('Does not let this computer use it'))
    expect(await askAtMia()).toBe(403)
    await choose('All members')
    await expectShown((await useOfAttic()).getByText('Asked first'))
    await drawer.getByRole('button', { name: 'Close the limits of AI' }).click()
  })

  it('a service is shared from the window and reached from the other by the address that its details give', async () => {
    const port = new URL(models.url).port
    await goTo(atAttic, 'Services')
    const form = atAttic.getByRole('region', { name: 'Share a service' })
    await form.getByLabel('Name').fill('Models')
    await form.getByLabel('Port on this computer').fill(port)
    await atAttic.keyboard.press('Enter')
    const services = (await detailsOf(atMia, 'attic')).getByRole('region', { name: 'Services it shares' })
    await expectShown(services.getByText('Answers'))
    const href = await services.getByRole('link', { name: 'Open Models' }).getAttribute('href')
    const answer = await request(`${href ?? ''}api/tags`)
    expect(await answer.body.json()).toEqual({ models: [{ name: 'llama' }] })
  })

  it('switched off in one window, it is gone from the other within two seconds', async () => {
    await goTo(atAttic, 'Capabilities')
    await offer().press('Space')
    await peerRow(atMia, 'attic', 'offers AI').waitFor({ state: 'detached', timeout: switchLimit })
    expect(await askAtMia()).toBe(503)
  })

  it('who used this computer for what is in its log, also after the node was stopped and started again', async () => {
    const { name, port, data } = attic
    await attic.kill('SIGTERM')
    attic = await startNode({ name, port, data })
    mesh.serving[0] = attic
    await goTo(atAttic, 'Activity')
    await expectShown(atAttic.getByText('mia used AI here').first())
    await expectShown(atAttic.getByText('attic started offering AI').first())
    await expectShown(atAttic.getByText('attic paused sharing').first())
  })

  it('made no script fail and tried nothing its policy forbids', () => {
    expect(windows.faults).toEqual([])
  })
})
