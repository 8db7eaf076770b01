import { describe, expect, it } from 'vitest'
import { foundGroups, standingOf } from '../../../../../renderer/features/join/found-groups.ts'
import type { DiscoveredView } from '../../../../../electron/contract/discovery.ts'
import { discovered } from '../../../../fixtures/discovery.ts'

const nodes = Object.values(discovered)
const first = nodes[0] as DiscoveredView

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

  it('that speak another version cannot be asked', () => {
    expect(standingOf({ ...first, compatible: false })).toBe('incompatible')
  })
})
