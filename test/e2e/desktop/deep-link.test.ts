import { expect, test } from 'vitest'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import type { WindowPage } from '../../fakes/desktop-host/window-page.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()

/** Another node with a mesh, and a link that invites to it. */
async function inviter(): Promise<{ attic: NodeProcess; link: string }> {
  const attic = await startNode({ name: 'attic' })
  expect((await attic.fcn('create', 'Maple Street')).code).toBe(0)
  const { link } = (await attic.fcn('invite', '--json')).json as { link: string }
  expect(link).toMatch(/^fcn:\/\/join\?i=fcn1\./u)
  return { attic, link }
}

const joinsOf = async (window: WindowPage) => ((await call(window, 'join.list')) as { value: JoinView[] }).value

/** The dialog shows what the link says, and nothing has been asked of anybody. */
async function expectInvite(window: WindowPage, link: string): Promise<void> {
  const dialog = window.page.getByRole('dialog')
  await expect.poll(() => dialog.getByRole('textbox').inputValue(), { timeout: 40_000 }).toBe(link)
  await dialog.getByRole('button', { name: 'Join', exact: true }).waitFor()
  expect(await joinsOf(window)).toEqual([])
  // and the invite, which is a secret, stands in the address no longer
  expect(window.url()).not.toContain('fcn1')
}

test('a link that starts the program shows the invite, and joins when a person says so', async () => {
  const { attic, link } = await inviter()
  await using _attic = attic
  const window = await shownWindow(await app.start(link))
  await expectInvite(window, link)
  await window.page.getByRole('dialog').getByRole('button', { name: 'Join', exact: true }).click()
  await expect.poll(async () => (await joinsOf(window)).map(({ state }) => state), { timeout: 40_000 }).toEqual(['joined'])
})

test('a link that is opened while it runs shows its window, at the invite', async () => {
  const { attic, link } = await inviter()
  await using _attic = attic
  const first = await app.start('--hidden')
  await expect.poll(() => first.tray()?.tooltip, { timeout: 40_000 }).toMatch(/alone/u)
  expect(first.windows()).toEqual([])

  expect(await (await app.start('--', link)).exitCode).toBe(0)
  await expectInvite(await shownWindow(first), link)
})

test('a link that macOS tells of, and one that is no invite, only show', async () => {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  await desktop.openUrl('fcn://join?i=fcn1.damaged')
  const dialog = window.page.getByRole('dialog')
  await dialog.getByText('This invite is not complete').waitFor()
  expect(await dialog.getByRole('button', { name: 'Join', exact: true }).isDisabled()).toBe(true)
  await desktop.openUrl('fcn://settings/reset-everything')
  expect(await joinsOf(window)).toEqual([])
})
