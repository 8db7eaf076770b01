import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JoinView } from '../../../../electron/contract/snapshot.ts'
import { type NodeProcess, startNode } from '../../node-process.ts'
import { valueOf } from '../../routing/serving-mesh.ts'
import { enterOn, hasFocus, tabTo } from '../keyboard.ts'
import { button, expectShown, openWindows, peerRow, type Windows } from './windows.ts'

/** mia asks, cellar-nas decides. Nobody touches a mouse: what is typed is what the persons press. */
describe('windows side by side, by keyboard only: mia asks to join the mesh of cellar-nas', () => {
  let windows: Windows
  let cellar: NodeProcess
  let mia: NodeProcess
  let ben: NodeProcess
  let atCellar: Page
  let atMia: Page
  let atBen: Page

  beforeAll(async () => {
    const start = (name: string) => startNode({ name })
    ;[windows, cellar, mia, ben] = await Promise.all([openWindows(), start('cellar-nas'), start('mia'), start('ben')])
    await valueOf(cellar, 'mesh.create', { name: 'Maple Street' })
    await valueOf(ben, 'mesh.create', { name: 'Film club' })
    ;[atCellar, atMia, atBen] = await Promise.all([windows.open(cellar), windows.open(mia), windows.open(ben)])
  })
  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]()
    await Promise.all([cellar?.stop(), mia?.stop(), ben?.stop()])
  })

  const dialogAt = (page: Page) => page.getByRole('dialog')
  const askDialog = () => atCellar.getByRole('dialog', { name: 'mia asks to join Maple Street' })
  const steps = () => dialogAt(atMia).getByRole('status', { name: 'Progress of joining' })
  const code = (dialog: Locator) => dialog.getByRole('img', { name: /^Code \d \d \d, \d \d \d$/u })
  const codeSaid = (dialog: Locator) => code(dialog).getAttribute('aria-label')
  const press = (page: Page, where: Page | Locator, name: string) => enterOn(page, button(where, name))
  const goToByKey = (page: Page, screen: string) =>
    enterOn(
      page,
      page
        .getByRole('navigation')
        .getByRole('link', { name: new RegExp(`^${screen}`, 'u') })
        .first(),
    )

  /** mia asks a node by its address, from the Overview. */
  async function ask(node: NodeProcess): Promise<void> {
    await enterOn(atMia, atMia.getByRole('button', { name: /^Join by URL or invite/u }))
    await tabTo(atMia, atMia.getByLabel('URL of any node in the mesh'))
    await atMia.keyboard.type(node.url)
    await expectShown(dialogAt(atMia).getByText(`A Free Compute Node: ${node.name}`))
    await atMia.keyboard.press('Enter')
    await expectShown(code(dialogAt(atMia)))
  }

  it('mia asks by URL; each step, and whom it waits for, stands there', async () => {
    await ask(cellar)
    expect(await steps().getByRole('listitem').locator('b').allTextContents()).toEqual([
      'Reached cellar-nas',
      'Waiting for you: compare the code',
      'Waiting for approval on cellar-nas',
      'Become a member of Maple Street',
    ])
  })

  it('cellar-nas is asked in a strip and in a dialog, with the code that mia sees', async () => {
    const strip = atCellar.getByRole('region', { name: 'mia asks to join Maple Street' })
    await expectShown(strip.getByText('Approve only if its screen shows the same code.'))
    await press(atCellar, strip, 'Review…')
    expect(await codeSaid(askDialog())).toBe(await codeSaid(dialogAt(atMia)))
  })

  it('“Not now” there is “cellar-nas declined” here, with what to do', async () => {
    await press(atCellar, askDialog(), 'Not now')
    await askDialog().waitFor({ state: 'detached' })
    await expectShown(atCellar.getByText('mia was declined. It may ask again.'))
    await expectShown(steps().getByText('cellar-nas declined'))
    await expectShown(steps().getByText('Ask the person there, or choose another node.'))
    await press(atMia, dialogAt(atMia), 'Clear')
    await dialogAt(atMia).waitFor({ state: 'detached' })
  })

  it('“Codes differ” is explained before it is sent, and both are told that somebody may be in between', async () => {
    await ask(ben)
    await press(atBen, atBen, 'Review…')
    await press(atBen, dialogAt(atBen), 'Codes differ')
    const refusing = dialogAt(atBen).getByRole('group', { name: /^The codes differ/u })
    await expect.poll(() => hasFocus(refusing)).toBe(true)
    await expectShown(refusing.getByText(/^Nothing was shared\./u))
    await press(atBen, refusing, 'Decline')
    await expectShown(steps().getByText('ben declined'))
    await press(atMia, dialogAt(atMia), 'Clear')
    await dialogAt(atMia).waitFor({ state: 'detached' })
    for (const page of [atBen, atMia]) await expectShown(page.getByText(/codes differed/iu).first())
  })

  it('a request outlives the windows of both: mia finds its own, cellar-nas the question', async () => {
    await ask(cellar)
    const shown = await codeSaid(dialogAt(atMia))
    await atMia.keyboard.press('Escape')
    await dialogAt(atMia).waitFor({ state: 'detached' })
    await Promise.all([windows.close(atCellar), windows.close(atMia)])
    ;[atCellar, atMia] = await Promise.all([windows.open(cellar), windows.open(mia)])

    await goToByKey(atCellar, 'Peers')
    await press(atCellar, atCellar, 'Review the request of mia to join Maple Street')
    expect(await codeSaid(askDialog())).toBe(shown)
    await expectShown(button(atMia.getByRole('region', { name: 'Waiting for approval on cellar-nas' }), 'Compare…'))
    await goToByKey(atMia, 'Peers')
    await press(atMia, atMia, 'Waiting for approval on cellar-nas')
    expect(await codeSaid(dialogAt(atMia))).toBe(shown)
  })

  it('the button that lets somebody in sleeps at first, then approves; mia has still to say that the codes match', async () => {
    await press(atCellar, askDialog(), 'Close')
    await askDialog().waitFor({ state: 'detached' })
    await press(atCellar, atCellar, 'Review the request of mia to join Maple Street')
    const approve = button(askDialog(), 'Codes match, approve')
    expect(await approve.isDisabled()).toBe(true)
    await atCellar.keyboard.press('Enter')
    await approve.and(atCellar.locator(':enabled')).waitFor()
    expect(await valueOf(cellar, 'request.list', {})).toHaveLength(1)
    await enterOn(atCellar, approve)
    await expectShown(atCellar.getByText('mia is let into Maple Street'))
    await expectShown(steps().getByText('Approved on cellar-nas'))
    await expectShown(steps().getByText('Waiting for you: compare the code'))
    expect(await valueOf(mia, 'mesh.list', {})).toEqual([])
  })

  it('once mia has said so, both are members and see each other', async () => {
    const match = button(dialogAt(atMia), 'The codes match')
    await expectShown(match.and(atMia.locator(':enabled')))
    await enterOn(atMia, match)
    await expectShown(steps().getByText('You are a member of Maple Street'))
    await press(atMia, dialogAt(atMia), 'Done')
    await dialogAt(atMia).waitFor({ state: 'detached' })
    await goToByKey(atMia, 'Peers')
    await expectShown(peerRow(atMia, 'cellar-nas', 'Online'))
    await expectShown(peerRow(atCellar, 'mia', 'Online'))
    await goToByKey(atCellar, 'Activity')
    await expectShown(atCellar.getByText('cellar-nas let mia into Maple Street').first())
    await expectShown(atCellar.getByText('cellar-nas declined mia').first())
  })

  it('a third computer joins by an invite made and pasted by keyboard, without a code and without being asked about', async () => {
    await goToByKey(atCellar, 'Peers')
    await press(atCellar, atCellar, 'Invite…')
    await press(atCellar, dialogAt(atCellar), 'Create invite')
    const link = await dialogAt(atCellar).locator('code').filter({ hasText: /^fcn:/u }).first().textContent()

    await goToByKey(atBen, 'Peers')
    await press(atBen, atBen.locator('#main'), 'Join a mesh')
    await tabTo(atBen, dialogAt(atBen).getByRole('radio', { checked: true }))
    await atBen.keyboard.press('ArrowRight')
    await tabTo(atBen, atBen.getByLabel('Invite, as a link or as text'))
    await atBen.keyboard.insertText(link ?? '')
    await expectShown(atBen.getByText('Only a node with this key is taken for the inviter.'))
    await press(atBen, dialogAt(atBen), 'Join')
    await expectShown(atBen.getByText('You are a member of Maple Street'))
    await press(atBen, dialogAt(atBen), 'Done')
    const joins: JoinView[] = await valueOf(ben, 'join.list', {})
    expect(joins.every(({ code }) => code === null)).toBe(true)
    await expectShown(peerRow(atMia, 'ben', 'Online'))
  })

  it('made no script fail and tried nothing its policy forbids', () => {
    expect(windows.faults).toEqual([])
  })
})
