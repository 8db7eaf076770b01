import { describe, expect, it } from 'vitest'
import type { JoinView } from '../../../../../electron/contract/snapshot.ts'
import { joinNeeds, joinsUnderWay, nodeToAsk } from '../../../../../renderer/features/setup/mesh-ways.ts'
import { nextStep } from '../../../../../renderer/features/setup/next-step.ts'
import { pageAfter, pageBefore } from '../../../../../renderer/features/setup/page-order.ts'
import { desktopSystem } from '../../../../../renderer/store/desktop-system.ts'
import { discovered } from '../../../../fixtures/discovery.ts'
import { maple } from '../../../../fixtures/household-peers.ts'
import { firstRun } from '../../../../fixtures/snapshot.ts'
import { joinView } from '../../../../fixtures/views.ts'

describe('the ways into a mesh', () => {
  it('begin with the first node on this network that is in a mesh and would take us', () => {
    expect(nodeToAsk(discovered, null)?.name).toBe('cellar-nas')
    const notJoinable = Object.fromEntries(
      Object.entries(discovered).filter(([, { name }]) => ['shed-pi', 'office-box', 'oskar-desktop'].includes(name)),
    )
    expect(nodeToAsk(notJoinable, null)).toBeNull()
  })

  it('keep to the node that a person is about to ask, while it is there', () => {
    const other = Object.values(discovered).find(({ name }) => name === 'jonas-laptop')?.id ?? ''
    expect(nodeToAsk(discovered, other)?.name).toBe('jonas-laptop')
    expect(nodeToAsk(discovered, 'gone')?.name).toBe('cellar-nas')
  })

  it('show joins under way, oldest first, and none that led into a mesh', () => {
    const joins = [
      joinView({ id: 'late', state: 'waiting', createdAt: 3 }),
      joinView({ id: 'done', state: 'joined', createdAt: 2 }),
      joinView({ id: 'early', state: 'failed', createdAt: 1 }),
    ]
    expect(joinsUnderWay({ joins: Object.fromEntries(joins.map((join) => [join.id, join])) }).map(({ id }) => id)).toEqual([
      'early',
      'late',
    ])
  })

  it.each<[JoinView['state'], string | null, boolean, string | null, boolean]>([
    ['connecting', null, false, 'reaching', false],
    ['waiting', '123456', false, 'waitingFor', true],
    ['waiting', '123456', true, 'waitingFor', false],
    ['waiting', null, true, 'waitingFor', false],
    ['confirming', '123456', false, 'approved', true],
    ['confirming', '123456', true, 'approved', false],
    ['rejected', null, false, 'ended', false],
    ['expired', null, false, 'ended', false],
    ['failed', null, false, 'ended', false],
    ['joined', null, true, null, false],
  ])('name the side that must act: %s with code %s, confirmed %s', (state, code, confirmed, title, here) => {
    const needs = joinNeeds({ state, code, confirmed })
    expect([needs?.title ?? null, needs?.here ?? false]).toEqual([title, here])
  })
})

describe('the next step after the setup', () => {
  const alone = { ...maple, role: 'admin' as const, members: 1, online: 1 }

  it('is a mesh where there is none, also when joining has failed', () => {
    expect(nextStep(firstRun())).toEqual({ text: 'meshNext', name: '' })
    expect(nextStep(firstRun({ joins: { j: joinView({ id: 'j', state: 'rejected' }) } })).text).toBe('meshNext')
  })

  it('is the approval of whoever was asked, by name', () => {
    const join = joinView({ id: 'j', state: 'waiting', approver: { id: 'X', name: 'cellar-nas' } })
    expect(nextStep(firstRun({ joins: { j: join } }))).toEqual({ text: 'waitNext', name: 'cellar-nas' })
  })

  it('is an invite while a mesh of our own has nobody else, and the mesh itself after that', () => {
    expect(nextStep(firstRun({ meshes: { [alone.id]: alone } })).text).toBe('inviteNext')
    expect(nextStep(firstRun({ meshes: { [alone.id]: { ...alone, members: 2 } } })).text).toBe('useNext')
  })
})

describe('the pages', () => {
  it('have an order with a first and a last', () => {
    expect([pageBefore('computer'), pageBefore('mesh'), pageAfter('mesh'), pageAfter('ready')]).toEqual([
      null,
      'computer',
      'share',
      'ready',
    ])
  })

  it('show the bar of the system at hand', () => {
    expect(['macOS', 'Windows 11 Pro', 'Debian GNU/Linux 12 (bookworm)', 'linux 6.1'].map(desktopSystem)).toEqual([
      'macos',
      'windows',
      'linux',
      'linux',
    ])
  })
})
