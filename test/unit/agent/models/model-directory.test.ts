import { describe, expect, it, onTestFinished } from 'vitest'
import { createModelDirectory } from '../../../../electron/agent/models/model-directory.ts'
import type { KnownList } from '../../../../electron/agent/models/node-lists.ts'
import type { ListedModel } from '../../../../electron/agent/protocol/model-list.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { WhyNot } from '../../../../electron/contract/routing.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { listed } from '../../../fakes/memory-models.ts'

const known = (id: string, models: ListedModel[], more: Partial<KnownList> = {}): KnownList => ({
  ...{ node: { id, name: id.toLowerCase() }, list: { models, tokensLeft: null }, whyNot: null, answers: 1 },
  ...more,
})

interface World {
  own: ListedModel[]
  known: KnownList[]
  standing: Record<string, WhyNot | null>
  underWay: Record<string, number>
}

async function setUp(world: Partial<World>, aliases: Record<string, string[]> = {}) {
  const clock = createFakeClock()
  const listsChanged = createEmitter()
  const state: World = { own: [], known: [], standing: {}, underWay: {}, ...world }
  const watched: boolean[] = []
  const looks: string[] = []
  let used = () => Promise.resolve()
  const directory = createModelDirectory({
    ...{ clock, aliases: () => aliases, self: () => ({ id: 'A', name: 'desk' }) },
    engines: { models: () => ({ models: state.own, tokensLeft: null }), changed: createEmitter(), look: () => void looks.push('engines') },
    lists: {
      changed: listsChanged,
      all: () => state.known,
      use: () => used(),
      watch: (isWatched) => void watched.push(isWatched),
      start: async () => listsChanged.emit(),
      stop: async () => {},
    },
    standing: () => new Map(Object.entries(state.standing)),
    load: (node, model) => ({ underWay: state.underWay[`${node} ${model}`] ?? 0, isFailing: false }),
  })
  await directory.start()
  onTestFinished(() => directory.stop())
  return { directory, state, clock, watched, looks, announce: () => listsChanged.emit(), use: (next: typeof used) => void (used = next) }
}

const names = (models: readonly { name: string }[]) => models.map(({ name }) => name)

describe('the directory of models', () => {
  it('finds a name at this node and at members, and the lists of the user', async () => {
    const { directory } = await setUp(
      { own: [listed('a')], known: [known('B', [listed('a'), listed('b')])], standing: { A: null, B: null } },
      { quick: ['b', 'a'] },
    )
    expect(directory.meant('a')).toMatchObject([
      {
        model: 'a',
        places: [
          { node: 'A', own: true },
          { node: 'B', own: false },
        ],
      },
    ])
    expect(directory.meant('quick').map(({ model }) => model)).toEqual(['b', 'a'])
    expect(directory.meant('c')).toEqual([])
  })

  it('knows the requests of others there, without those of this node when the list was given', async () => {
    const { directory, state, announce } = await setUp({ known: [known('B', [listed('a', { busy: 3 })])], standing: { B: null } })
    state.known = [known('B', [listed('a', { busy: 3 })], { answers: 2 })]
    state.underWay = { 'B a': 2 }
    announce()
    state.underWay = {}
    expect(directory.meant('a')[0]?.places[0]?.busyOfOthers).toBe(1)
  })

  it('lists what can be used now, and the names that lead there', async () => {
    const { directory } = await setUp(
      {
        known: [known('B', [listed('a'), listed('big', { loaded: false, fits: false })]), known('C', [listed('c')])],
        standing: { A: null, B: null, C: 'offline' },
      },
      { quick: ['gone', 'a'], nothing: ['gone'], far: ['c'] },
    )
    expect(names(directory.usable())).toEqual(['a', 'quick'])
  })

  it('shows what cannot be used with the reason: of routing, else of the node itself', async () => {
    const { directory } = await setUp({
      known: [known('B', [listed('a')], { whyNot: 'paused' }), known('C', [listed('c')]), known('D', [listed('d')])],
      standing: { B: null, C: 'too_far' },
    })
    expect(directory.view().map(({ places }) => places[0]?.whyNot)).toEqual(['paused', 'too_far', 'offline'])
  })

  it('waits two seconds at most for members that were never asked', async () => {
    const { directory, clock, use } = await setUp({})
    use(() => new Promise(() => {}))
    let looked = false
    const look = directory.look().then(() => (looked = true))
    await clock.advance(1_999)
    expect(looked).toBe(false)
    await clock.advance(1)
    await look
    use(async () => {})
    await directory.look()
    expect(clock.pending).toBe(0)
  })

  it('has the lists kept fresh only while somebody looks, and engines looked for when that begins', async () => {
    const { directory, watched, looks } = await setUp({})
    expect(looks).toEqual([])
    const leave = directory.changed.subscribe(() => {})
    leave()
    expect(watched).toEqual([true, false])
    expect(looks).toEqual(['engines'])
  })
})
