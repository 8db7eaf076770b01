import { describe, expect, it } from 'vitest'
import { groupsOf, inOrder, standingOf } from '../../../../renderer/store/found-groups.ts'
import type { DiscoveredView } from '../../../../electron/contract/discovery.ts'
import { discovered } from '../../../fixtures/discovery.ts'

const nodes = Object.values(discovered)
const first = nodes[0] as DiscoveredView

const foundGroups = (all: readonly DiscoveredView[]) => groupsOf(inOrder(all))

describe('the nodes on this network', () => {
  it('are grouped: meshes by name, who is in none, old nodes, our own', () => {
    expect(foundGroups(nodes).map(({ kind, mesh, nodes: those }) => [kind, mesh, those.map(({ name }) => name)])).toEqual([
      ['mesh', 'Garden Lane', ['cellar-nas', 'jonas-laptop']],
      ['new', null, ['shed-pi']],
      ['legacy', null, ['office-box']],
      ['mine', null, ['oskar-desktop']],
    ])
  })

  it('keep their order while others come', () => {
    const late = { ...first, id: 'AAAAAAA', name: 'aaa', since: first.since + 1 }
    const order = foundGroups([late, ...nodes])[0]?.nodes.map(({ name }) => name)
    expect(order).toEqual(['cellar-nas', 'jonas-laptop', 'aaa'])
  })

  it('stay where they are when a late one is put last, even where its group comes a second time', () => {
    const late = { ...first, id: 'AAAAAAA', name: 'aaa' }
    const groups = groupsOf([...inOrder(nodes), late])
    expect(groups.map(({ kind, nodes: those }) => `${kind} ${those.length}`)).toEqual(['mesh 2', 'new 1', 'legacy 1', 'mine 1', 'mesh 1'])
  })

  it('of two meshes are kept apart by name, the one seen first before the other', () => {
    const other = { ...first, id: 'BBBBBBB', meshes: ['Maple Street'], since: first.since - 1 }
    const more = { ...first, id: 'CCCCCCC', meshes: ['Maple Street'], since: first.since + 1 }
    expect(foundGroups([first, other, more]).map(({ mesh, nodes: those }) => `${mesh} ${those.length}`)).toEqual([
      'Maple Street 2',
      'Garden Lane 1',
    ])
  })

  it('that speak another version cannot be asked', () => {
    expect(standingOf({ ...first, compatible: false })).toBe('incompatible')
  })
})
