import { describe, expect, it } from 'vitest'
import {
  countsOf,
  filters,
  fitsFilter,
  fitsMesh,
  isEmpty,
  nameOf,
  rowsOf,
  searchFor,
} from '../../../../../renderer/features/peers/peer-filter.ts'
import { filmClub, maple } from '../../../../fixtures/household-peers.ts'
import { hubbedPeers } from '../../../../fixtures/hubs.ts'
import { joinView } from '../../../../fixtures/views.ts'
import { busy } from '../../../../fixtures/snapshot.ts'

const { peers, requests } = busy()
const rows = rowsOf({ peers, requests, joins: {} })

describe('the list of peers', () => {
  it('counts every row in exactly one filter besides all and relayed, which is a part of online', () => {
    const { all, relayed: _part, ...others } = countsOf(rows)
    expect(all).toBe(rows.length)
    expect(Object.values(others).reduce((sum, count) => sum + count, 0)).toBe(all)
  })

  it('counts what a filter then shows', () => {
    for (const filter of filters) expect(rows.filter((row) => fitsFilter(row, filter))).toHaveLength(countsOf(rows)[filter])
  })

  it('shows the members of one mesh, who ask to join it, and legacy peers, which are in none', () => {
    const inClub = rows.filter((row) => fitsMesh(row, filmClub.id)).map(nameOf)
    expect(inClub).toEqual(expect.arrayContaining(['mia-laptop', 'oskar-desktop', 'old-thinkpad']))
    expect(inClub).toHaveLength(3)
    expect(rows.filter((row) => fitsMesh(row, maple.id))).toHaveLength(rows.length)
    expect(rows.filter((row) => fitsMesh(row, null))).toHaveLength(rows.length)
  })

  it('finds by name, system, address and what is offered, all words in any order', () => {
    const found = (search: string) => rows.filter(searchFor(search)).map(nameOf)
    expect(found('raspberry')).toEqual(['hallway-pi'])
    expect(found('203.0.113')).toEqual(['oskar-desktop'])
    expect(found('archive debian')).toEqual(['vps-helsinki'])
    expect(found('LENA')).toEqual(['lena-dock'])
    expect(found('')).toHaveLength(rows.length)
  })

  it('finds those behind a hub, by filter and by its name', () => {
    const behind = rowsOf({ peers: Object.fromEntries(hubbedPeers.map((peer) => [peer.id, peer])), requests: {}, joins: {} })
    expect(countsOf(behind)).toMatchObject({ all: 9, online: 6, relayed: 1 })
    expect(behind.filter((row) => fitsFilter(row, 'relayed')).map(nameOf)).toEqual(['oskar-desktop'])
    expect(behind.filter(searchFor('oskar helsinki')).map(nameOf)).toEqual(['oskar-desktop'])
  })

  it('holds a join of this node that is not through, by whom it asks, and no longer once it is', () => {
    const waiting = joinView({ id: 'j1', state: 'waiting' })
    const listed = { peers: {}, requests: {}, joins: { j1: waiting } }
    const [row] = rowsOf(listed)
    if (row === undefined) throw new Error('no row')
    expect(nameOf(row)).toBe(waiting.approver?.name)
    expect(fitsFilter(row, 'waiting')).toBe(true)
    expect([waiting.url, waiting.mesh?.name ?? ''].every((words) => searchFor(words)(row))).toBe(true)
    expect(isEmpty(listed)).toBe(false)
    const through = { ...listed, joins: { j1: { ...waiting, state: 'joined' as const } } }
    expect([rowsOf(through), isEmpty(through)]).toEqual([[], true])
  })

  it('counts a peer that has left as offline', () => {
    const [peer] = Object.values(peers)
    expect(peer && fitsFilter({ kind: 'peer', id: peer.id, peer: { ...peer, state: 'left' } }, 'offline')).toBe(true)
  })
})
