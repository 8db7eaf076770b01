import { describe, expect, it } from 'vitest'
import { groupsOf, here, type Home, homeOf, keepHomes } from '../../../../../../renderer/features/overview/topology/homes.ts'
import { relayedVia, relayUrl } from '../../../../../fixtures/hubs.ts'
import { address, aPeer, idFor } from '../../../../../fixtures/household-peers.ts'

const self = idFor('studio-desktop')
const vps = idFor('vps')
const at = (place: string): Home => ({ at: place, isSure: true })
const guess: Home = { at: here, isSure: false }

describe('the home of a peer', () => {
  it('is the hub that it is relayed through, else this node', () => {
    expect(homeOf(aPeer('a', { path: relayedVia('vps') }), self)).toEqual(at(vps))
    expect(homeOf(aPeer('a'), self)).toEqual(at(here))
  })

  it('is this node where that is the hub', () => {
    expect(homeOf(aPeer('a', { path: relayedVia('studio-desktop') }), self)).toEqual(at(here))
    expect(homeOf(aPeer('a', { path: null, addresses: [address(relayUrl('studio-desktop'))] }), self)).toEqual(at(here))
  })

  it('stays with the way that worked last when it answers no more', () => {
    const own = address('https://192.168.1.9:3000', { lastOk: 10 })
    expect(homeOf(aPeer('a', { path: null, addresses: [own, address(relayUrl('vps'), { lastOk: 20 })] }), self)).toEqual(at(vps))
    expect(homeOf(aPeer('a', { path: null, addresses: [own, address(relayUrl('vps'), { lastOk: 5 })] }), self)).toEqual(at(here))
  })

  it('is a guess when it never answered', () => {
    expect(homeOf(aPeer('a', { path: null, addresses: [address(relayUrl('vps'), { lastOk: null })] }), self)).toEqual(guess)
  })
})

describe('kept homes', () => {
  const hubs = new Set([vps])
  it('stay as they were drawn, in the order that was drawn; who is new comes last', () => {
    const before = new Map([['b', at(here)], ['a', at(vps)]]) // prettier-ignore
    const wanted = new Map([['a', at(here)], ['b', at(vps)], ['0', at(here)]]) // prettier-ignore
    expect([...keepHomes(before, wanted, hubs)]).toEqual([['b', at(here)], ['a', at(vps)], ['0', at(here)]]) // prettier-ignore
  })

  it('give way when they were a guess, when the hub is gone, and when the peer is', () => {
    const before = new Map([['a', guess], ['b', at('gone')], ['c', at(here)]]) // prettier-ignore
    const wanted = new Map([['a', at(vps)], ['b', at(here)]]) // prettier-ignore
    expect([...keepHomes(before, wanted, hubs)]).toEqual([['a', at(vps)], ['b', at(here)]]) // prettier-ignore
  })
})

describe('the groups', () => {
  it('are this node’s and one of each hub, empty ones too, without hubs among the members', () => {
    const homes = new Map([['a', at('h2')], ['h1', at(here)], ['h2', at(here)], ['b', at(here)]]) // prettier-ignore
    expect(groupsOf(homes, new Set(['h2', 'h1']))).toEqual([
      { centre: here, members: ['b'] },
      { centre: 'h1', members: [] },
      { centre: 'h2', members: ['a'] },
    ])
  })

  it('are few: hubs beyond the fourth stand beside this node, with the peers behind them', () => {
    const hubIds = ['h1', 'h2', 'h3', 'h4', 'h5']
    const homes = new Map([...hubIds.map((id) => [id, at(here)] as const), ...hubIds.slice(1).map((id) => [`at ${id}`, at(id)] as const)])
    const groups = groupsOf(homes, new Set(hubIds))
    expect(groups.map(({ centre }) => centre)).toEqual([here, 'h2', 'h3', 'h4', 'h5'])
    expect(groups[0]?.members).toEqual(['h1'])
  })
})
