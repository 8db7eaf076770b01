import { describe, expect, it } from 'vitest'
import type { PlaceAnswer, SystemWord } from '../../../../electron/agent/network/portal.ts'
import { createPortalWatch, type PortalWatch } from '../../../../electron/agent/network/portal-watch.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { PeerState } from '../../../../electron/contract/snapshot.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

const redirect: PlaceAnswer = { kind: 'redirect', host: 'login.cafe.example' }
const names = ['attic', 'ben', 'cellar', 'den', 'eve', 'mia']

/** A node with peers that cannot be reached, in a network that answers as `world` says. */
async function away({ peers = 2 }: { peers?: number } = {}) {
  const clock = createFakeClock()
  const world = {
    answer: { kind: 'nothing' } as PlaceAnswer,
    word: null as SystemWord,
    addresses: ['10.9.0.2'],
    states: Object.fromEntries(names.slice(0, peers).map((name): [string, PeerState] => [name, 'offline'])),
  }
  const asked: string[] = []
  const told: boolean[] = []
  const [changed, woke, members] = [createEmitter(), createEmitter<number>(), createEmitter()]
  const contact = createEmitter<{ node: string; url: string; ok: boolean; at: number }>()
  const urlOf = (node: string) => `https://${node}.example:3000`
  const watch: PortalWatch = createPortalWatch({
    ...{ clock, random: createFakeRandom(1), network: { changed, woke }, addresses: () => world.addresses },
    membership: {
      changed: members,
      members: () => Object.entries(world.states).map(([nodeId, state], index) => ({ nodeId, state, lastSeen: index })),
    },
    transport: {
      contact,
      addresses: (node) => [
        { url: `https://old-${node}.example:3000`, foundVia: 'record', lastOk: 1, lastError: null },
        { url: urlOf(node), foundVia: 'record', lastOk: 2, lastError: null },
      ],
    },
    places: {
      ask: async (node, url) => {
        asked.push(`${node} ${url}`)
        return world.answer
      },
    },
    system: async () => world.word,
  })
  watch.changed.subscribe(() => told.push(watch.current() !== null))
  await watch.start()
  const missed = (node = 'attic') => contact.emit({ node, url: urlOf(node), ok: false, at: clock.now() })
  return { clock, world, asked, told, changed, members, contact, missed, watch }
}

describe('the watch for a network that wants one to sign in', () => {
  it('looks soon after the start at the peers seen last, each where it answered last', async () => {
    const { clock, asked } = await away({ peers: 6 })
    await clock.advance(2_000)
    expect(asked).toEqual(['mia', 'eve', 'den', 'cellar'].map((name) => `${name} https://${name}.example:3000`))
  })

  it('tells when one is there and when it is gone, looking every five seconds meanwhile', async () => {
    const { clock, world, told, watch } = await away()
    world.answer = redirect
    await clock.advance(2_000)
    expect(watch.current()).toEqual({ page: 'login.cafe.example' })
    await clock.advance(60_000)
    expect(told).toEqual([true])
    world.answer = { kind: 'peer' }
    await clock.advance(5_000)
    expect(told).toEqual([true, false])
  })

  it('knows at once that it is gone when a peer is online', async () => {
    const { clock, world, told, members } = await away()
    world.answer = redirect
    await clock.advance(2_000)
    world.states = { attic: 'online' }
    members.emit()
    expect(told).toEqual([true, false])
  })

  it('asks nobody while a peer is online, or without a network', async () => {
    const { clock, world, asked, changed, missed } = await away()
    world.states = { attic: 'online', ben: 'offline' }
    missed('ben')
    await clock.advance(60_000)
    world.states = { attic: 'offline' }
    world.addresses = []
    changed.emit()
    await clock.advance(60_000)
    expect(asked).toEqual([])
  })

  it('asks ever more rarely while peers are just off, and soon again in another network', async () => {
    const { clock, world, asked, changed, missed } = await away({ peers: 1 })
    for (let second = 0; second < 3_600; second += 1) {
      missed()
      await clock.advance(1_000)
    }
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.length).toBeLessThan(20)
    world.answer = redirect
    changed.emit()
    await clock.advance(2_000)
    expect(asked.length).toBeLessThan(21)
    expect(await away().then(({ watch }) => watch.current())).toBeNull()
  })

  it('costs nothing when nothing happens', async () => {
    const { clock } = await away()
    await clock.advance(2_000)
    expect(clock.pending).toBe(0)
  })

  it('believes the system without having a peer', async () => {
    const { clock, world, told } = await away({ peers: 0 })
    world.word = 'portal'
    await clock.advance(2_000)
    world.word = 'full'
    await clock.advance(5_000)
    expect(told).toEqual([true, false])
  })

  it('looks at once for a person, once for all who ask', async () => {
    const { world, asked, watch } = await away({ peers: 1 })
    world.answer = redirect
    expect(await Promise.all([watch.look(), watch.look()])).toEqual([{ page: 'login.cafe.example' }, { page: 'login.cafe.example' }])
    expect(asked).toHaveLength(1)
  })

  it('does nothing more after a stop', async () => {
    const { clock, world, asked, watch, missed, changed } = await away()
    world.answer = redirect
    await watch.stop()
    await watch.stop()
    missed()
    changed.emit()
    await clock.advance(60_000)
    expect(asked).toEqual([])
    expect(await watch.look()).toBeNull()
  })
})
