import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeProcess, startNode } from '../../node-process.ts'
import { type ServingMesh, startServingMesh, valueOf } from '../../routing/serving-mesh.ts'
import { type HeldModels, startHeldModels } from './held-models.ts'
import { button, detailsOf, expectShown, goTo, openWindows, peerRow, type Windows } from './windows.ts'

/** A member that says nothing any more is given up within this, ms. */
const givenUpWithin = 50_000

describe('windows of three members of Maple Street: mia, who is its admin, ana and ben', () => {
  let windows: Windows
  let mesh: ServingMesh
  let models: HeldModels
  let atMia: Page
  let atAna: Page
  let atBen: Page
  const member = (index: number) => mesh.serving[index] as NodeProcess

  beforeAll(async () => {
    ;[windows, mesh, models] = await Promise.all([openWindows(), startServingMesh(['ana', 'ben']), startHeldModels()])
    await valueOf(mesh.caller, 'capability.set', { name: 'ai', backend: models.url, enabled: true })
    ;[atMia, atAna, atBen] = (await Promise.all([mesh.caller, ...mesh.serving].map((node) => windows.open(node)))) as [Page, Page, Page]
    await Promise.all([atMia, atAna, atBen].map((page) => goTo(page, 'Peers')))
    for (const page of [atMia, atAna]) await expectShown(peerRow(page, 'ben', 'Online'))
  })
  afterAll(async () => {
    await windows?.[Symbol.asyncDispose]()
    await Promise.all([mesh?.stop(), models?.stop()])
  })

  it('why a peer cannot be reached is said in words, for each of its addresses', async () => {
    await member(1).kill('SIGKILL')
    await peerRow(atMia, 'ben', 'Last seen .*, No answer').waitFor({ timeout: givenUpWithin })
    const reach = (await detailsOf(atMia, 'ben')).getByRole('region', { name: 'How you reach it' })
    await expectShown(reach.getByText('Not reachable now'))
    const address = reach
      .getByRole('list', { name: 'Addresses' })
      .getByRole('listitem')
      .filter({ hasText: String(member(1).port) })
    await expectShown(address.getByText('nothing listens there'))
    await expectShown(address.getByText(/Worked .* ago/u))
  })

  it('the window of a node that is gone says so, with what was known last', async () => {
    await expectShown(atBen.getByText('Reconnecting… This is the last known state.').first())
    await expectShown(atBen.getByText(/^Last known: /u))
    await expectShown(peerRow(atBen, 'mia'))
  })

  it('a peer that is off is removed after the consequence was said, and is removed for the others as well', async () => {
    await button(await detailsOf(atMia, 'ben'), 'Remove from mesh…').click()
    const dialog = atMia.getByRole('dialog', { name: 'Remove ben from Maple Street?' })
    await expectShown(dialog.getByText('It loses access when it is next online.'))
    await expectShown(dialog.getByText('it comes back only if an admin lets it in again'))
    await button(dialog, 'Remove from mesh').click()
    await expectShown(atMia.getByText('ben was removed from Maple Street').first())
    for (const page of [atMia, atAna]) await expectShown(peerRow(page, 'ben', 'Removed'))
    await expectShown((await detailsOf(atAna, 'ben')).getByText(/^Removed by mia, /u))
    await goTo(atMia, 'Activity')
    await expectShown(atMia.getByText('mia removed ben from Maple Street').first())
  })

  it('when it comes back it is told, and its window, which comes back by itself, says so with what to do', async () => {
    const { name, port, data } = member(1)
    mesh.serving[1] = await startNode({ name, port, data })
    await atBen.getByText('Reconnecting… This is the last known state.').first().waitFor({ state: 'detached' })
    await goTo(atBen, 'Overview')
    await expectShown(atBen.getByText(/removed from Maple Street/u).first())
    await expectShown(button(atBen, 'Ask to join again'))
    expect(await valueOf(member(1), 'mesh.list', {})).toEqual([])
  })

  it('in two meshes mia lets the members of one use what those of the other may not', async () => {
    await valueOf(member(1), 'mesh.create', { name: 'Film club' })
    const { text } = await valueOf(member(1), 'invite.create', {})
    await valueOf(mesh.caller, 'join.start', { invite: text })
    await Promise.all([goTo(atBen, 'Peers'), goTo(atMia, 'Capabilities')])
    await expectShown(peerRow(atBen, 'mia', 'Online'))
    await button(atMia, 'Limits of AI').click()
    await atMia.getByRole('combobox', { name: 'Who may use AI in Film club' }).click()
    await atMia.getByRole('option', { name: 'Nobody' }).click()
    const useOf = async (page: Page) => (await detailsOf(page, 'mia')).getByRole('list', { name: 'What this computer uses of it' })
    await expectShown((await useOf(atBen)).getByText('Does not let this computer use it'))
    await expectShown((await useOf(atAna)).getByText('Asked first'))
  })

  it('a mesh is left after the consequence was said; the other one stays', async () => {
    await goTo(atMia, 'Overview')
    await button(atMia, 'Actions for Film club').click()
    await atMia.getByRole('menuitem', { name: 'Leave the mesh…' }).click()
    const dialog = atMia.getByRole('dialog', { name: 'Leave Film club?' })
    await expectShown(dialog.getByText('You lose access to what its members share, and they to what you offer.'))
    await button(dialog, 'Leave mesh').click()
    await button(atMia, 'Actions for Film club').waitFor({ state: 'detached' })
    await expectShown(peerRow(atBen, 'mia', 'Left'))
    await expectShown(peerRow(atAna, 'mia', 'Online'))
    await expectShown(button(atMia, 'Actions for Maple Street'))
  })

  it('made no script fail and tried nothing its policy forbids', () => {
    expect(windows.faults).toEqual([])
  })
})
