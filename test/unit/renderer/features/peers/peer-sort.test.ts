import { describe, expect, it } from 'vitest'
import { nameOf, type Row, rowsOf } from '../../../../../renderer/features/peers/peer-filter.ts'
import { sorted, sorts } from '../../../../../renderer/features/peers/peer-sort.ts'
import { aPeer } from '../../../../fixtures/household-peers.ts'
import { busy } from '../../../../fixtures/snapshot.ts'

const { peers, requests } = busy()
const rows = rowsOf({ peers, requests, joins: {} })
const away = { path: null, state: 'offline' } as const
const asRow = (name: string, more: Parameters<typeof aPeer>[1]): Row => ({ kind: 'peer', id: name, peer: aPeer(name, more) })

describe('the order of the list of peers', () => {
  it('shows those that answer first, then by name, legacy ones last', () => {
    expect(sorted(rows, 'state').map(nameOf)).toEqual([
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

  it('shows the nearest first, and those without a way last, by name', () => {
    expect(sorted(rows, 'latency').map(nameOf)).toEqual([
      'attic-nas',
      'kitchen-mini',
      'hallway-pi',
      'mia-laptop',
      'old-thinkpad',
      'vps-helsinki',
      'oskar-desktop',
      'grandma-laptop',
      'lena-dock',
      'workshop-pc',
    ])
  })

  it('shows by name with numbers as people count', () => {
    expect(
      sorted(
        ['pi-10', 'pi-9', 'Pi-1'].map((name) => asRow(name, {})),
        'name',
      ).map(nameOf),
    ).toEqual(['Pi-1', 'pi-9', 'pi-10'])
  })

  it('does not rank those that answer by which answered a moment later', () => {
    const some = [
      asRow('b', { lastSeen: 2 }),
      asRow('a', { lastSeen: 1 }),
      asRow('d', { ...away, lastSeen: 5 }),
      asRow('c', { ...away, lastSeen: 9 }),
    ]
    expect(sorted(some, 'seen').map(nameOf)).toEqual(['a', 'b', 'c', 'd'])
    expect(
      sorted([...some, asRow('never', { ...away, lastSeen: null })], 'seen')
        .map(nameOf)
        .at(-1),
    ).toBe('never')
  })

  it('is the same for the same peers, whatever order they came in', () => {
    for (const sort of sorts) expect(sorted(rows.toReversed(), sort)).toEqual(sorted(rows, sort))
  })
})
