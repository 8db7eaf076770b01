import { describe, expect, it } from 'vitest'
import { countsOf, fitsFilter, fitsSearch, rowsOf } from '../../../../../renderer/features/peers/peer-filter.ts'
import { hubbedPeers } from '../../../../fixtures/hubs.ts'
import { busy } from '../../../../fixtures/snapshot.ts'

const { peers, requests } = busy()
const rows = rowsOf(peers, requests)
const nameOf = (row: (typeof rows)[number]) => (row.kind === 'peer' ? row.peer.name : row.request.node.name)

describe('the list of peers', () => {
  it('shows those that answer first, then by name, legacy ones last', () => {
    expect(rows.map(nameOf)).toEqual([
      'attic-nas',
      'hallway-pi',
      'kitchen-mini',
      'mia-laptop',
      'oskar-desktop',
      'vps-helsinki',
      'workshop-pc',
      'lena-dock',
      'grandma-laptop',
      'old-thinkpad',
    ])
  })

  it('counts every row in exactly one filter besides all and relayed, which is a part of online', () => {
    const { all, relayed: _part, ...others } = countsOf(rows)
    expect(all).toBe(rows.length)
    expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(all)
  })

  it('finds by name, system, address and what is offered, all words in any order', () => {
    const found = (search: string) => rows.filter((row) => fitsSearch(row, search)).map(nameOf)
    expect(found('raspberry')).toEqual(['hallway-pi'])
    expect(found('203.0.113')).toEqual(['oskar-desktop'])
    expect(found('archive debian')).toEqual(['vps-helsinki'])
    expect(found('LENA')).toEqual(['lena-dock'])
    expect(found('')).toHaveLength(rows.length)
  })

  it('finds those behind a hub, by filter and by its name', () => {
    const behind = rowsOf(Object.fromEntries(hubbedPeers.map((peer) => [peer.id, peer])), {})
    expect(countsOf(behind)).toMatchObject({ all: 9, online: 6, relayed: 1 })
    expect(behind.filter((row) => fitsFilter(row, 'relayed')).map(nameOf)).toEqual(['oskar-desktop'])
    expect(behind.filter((row) => fitsSearch(row, 'oskar helsinki')).map(nameOf)).toEqual(['oskar-desktop'])
  })

  it('counts a peer that has left as offline', () => {
    const [peer] = Object.values(peers)
    expect(peer && fitsFilter({ kind: 'peer', id: peer.id, peer: { ...peer, state: 'left' } }, 'offline')).toBe(true)
  })
})
