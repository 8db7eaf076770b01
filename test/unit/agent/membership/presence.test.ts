import { describe, expect, it } from 'vitest'
import {
  firstPresence,
  nextPresence,
  nextProbe,
  offlineAfter,
  type Presence,
  type PresenceEvent,
} from '../../../../electron/agent/membership/presence.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

const after = (events: [monotonic: number, event: PresenceEvent][], from: Presence = firstPresence(0, null)) =>
  events.reduce((presence, [monotonic, event]) => nextPresence(presence, event, { monotonic, wall: 1_000_000 + monotonic }), from)
const answered: PresenceEvent = { kind: 'probe answered' }
const called: PresenceEvent = { kind: 'called' }
const missed: PresenceEvent = { kind: 'probe missed', refused: false }
const refused: PresenceEvent = { kind: 'probe missed', refused: true }
const random = createFakeRandom(1)

describe('presence', () => {
  it('is not claimed before a member was verified', () => {
    expect(firstPresence(0, 5)).toMatchObject({ state: 'suspect', lastSeen: 5 })
    expect(after([[10, answered]])).toMatchObject({ state: 'online', lastSeen: 1_000_010 })
  })

  it('is doubted after the first missed answer and denied after four silent seconds', () => {
    expect(
      after([
        [0, answered],
        [2_000, missed],
      ]).state,
    ).toBe('suspect')
    expect(
      after([
        [0, answered],
        [2_000, missed],
        [offlineAfter - 1, missed],
      ]).state,
    ).toBe('suspect')
    expect(
      after([
        [0, answered],
        [2_000, missed],
        [offlineAfter, missed],
      ]).state,
    ).toBe('offline')
  })

  it('is denied at once when the connection was refused twice in a row', () => {
    expect(
      after([
        [0, answered],
        [1_000, refused],
      ]).state,
    ).toBe('suspect')
    expect(
      after([
        [0, answered],
        [1_000, refused],
        [1_250, refused],
      ]).state,
    ).toBe('offline')
    expect(
      after([
        [0, answered],
        [1_000, refused],
        [1_250, answered],
        [2_250, refused],
      ]).state,
    ).toBe('suspect')
  })

  it('returns with a call or an answered probe, but not with an answer that was under way', () => {
    const gone = after([
      [0, answered],
      [100, { kind: 'goodbye' }],
    ])
    expect(gone.state).toBe('offline')
    expect(after([[110, { kind: 'contact' }]], gone).state).toBe('offline')
    expect(after([[110, called]], gone).state).toBe('online')
    expect(after([[110, answered]], gone).state).toBe('online')
  })

  it('is kept up by calls of a member that cannot be called', () => {
    const oneWay = after([
      [0, answered],
      [1_000, refused],
      [1_250, refused],
      [2_000, called],
    ])
    expect(
      after(
        [
          [2_250, refused],
          [2_500, refused],
          [3_000, called],
          [4_000, refused],
        ],
        oneWay,
      ).state,
    ).toBe('online')
    expect(
      after(
        [
          [6_000, refused],
          [6_250, refused],
        ],
        oneWay,
      ).state,
    ).toBe('offline')
  })

  it('is asked for every second online, sooner when in doubt, and ever more rarely when gone', () => {
    expect(nextProbe(after([[0, answered]]), 0, random)).toEqual({ pause: 1_000, limit: 1_000 })
    expect(
      nextProbe(
        after([
          [0, answered],
          [2_000, missed],
        ]),
        2_000,
        random,
      ),
    ).toEqual({ pause: 250, limit: 800 })
    expect(
      nextProbe(
        after([
          [0, answered],
          [2_000, missed],
        ]),
        3_700,
        random,
      ),
    ).toEqual({ pause: 250, limit: 300 })
    const events = Array.from({ length: 40 }, (_, i): [number, PresenceEvent] => [5_000 + i, missed])
    const { pause } = nextProbe(after([[0, answered], ...events]), 60_000, random)
    expect(pause).toBeGreaterThanOrEqual(7_500)
    expect(pause).toBeLessThanOrEqual(15_000)
  })
})
