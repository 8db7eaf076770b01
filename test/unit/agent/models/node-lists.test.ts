import { describe, expect, it, onTestFinished } from 'vitest'
import type { Member } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createNodeLists } from '../../../../electron/agent/models/node-lists.ts'
import type { ModelList } from '../../../../electron/agent/protocol/model-list.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { listed } from '../../../fakes/memory-models.ts'
import { member } from '../../../fakes/router-node.ts'

const offering = (id: string, more: Parameters<typeof member>[2] = {}) =>
  member(id, id.toLowerCase(), { capabilities: [{ name: 'ai', state: 'ready' }], ...more })
const oneModel: ModelList = { models: [listed('a')], tokensLeft: null }

async function setUp(first: Member[], answer: (node: string) => Promise<ModelList> = async () => oneModel) {
  const clock = createFakeClock()
  const changed = createEmitter()
  const world = { members: first, asked: [] as string[] }
  const lists = createNodeLists({
    clock,
    membership: { members: () => world.members, changed },
    ask: ({ node, mesh }) => {
      world.asked.push(`${node} ${mesh}`)
      return answer(node)
    },
  })
  onTestFinished(() => lists.stop())
  await lists.start()
  await clock.advance(0)
  const say = async (members: Member[]) => {
    world.members = members
    changed.emit()
    await clock.advance(0)
  }
  /** Who was asked since the last time somebody looked. */
  const asked = () => world.asked.splice(0).map((text) => text.split(' ')[0])
  return { clock, lists, say, asked, world }
}

describe('lists of models of members', () => {
  it('are asked for once when a member first says that it has some, and then of nobody at rest', async () => {
    const { clock, lists, asked } = await setUp([offering('B'), member('C', 'c')])
    expect(asked()).toEqual(['B'])
    expect(lists.all()).toEqual([{ node: { id: 'B', name: 'b' }, list: oneModel, whyNot: null, answers: 1 }])
    await clock.advance(3_600_000)
    expect(asked()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('are asked for anew when its record says something else, two seconds apart at least', async () => {
    const { clock, say, asked } = await setUp([offering('B')])
    asked()
    const detail = (text: string) => [offering('B', { capabilities: [{ name: 'ai', state: 'ready', detail: text }] })]
    await say(detail('2 models'))
    await say(detail('3 models'))
    expect(asked()).toEqual([])
    await clock.advance(2_000)
    expect(asked()).toEqual(['B'])
    await say(detail('3 models'))
    await clock.advance(60_000)
    expect(asked()).toEqual([])
  })

  it('stay fresh while models are used, and for half a minute after', async () => {
    const { clock, lists, asked } = await setUp([offering('B')])
    asked()
    await clock.advance(60_000)
    await lists.use()
    expect(asked()).toEqual(['B'])
    await clock.advance(120_000)
    expect(asked().length).toBeGreaterThanOrEqual(4)
    await clock.advance(60_000)
    expect(asked()).toEqual([])
  })

  it('stay fresh while somebody looks', async () => {
    const { clock, lists, asked } = await setUp([offering('B')])
    lists.watch(true)
    asked()
    await clock.advance(60_000)
    expect(asked().length).toBeGreaterThanOrEqual(10)
    lists.watch(false)
    await clock.advance(10_000)
    asked()
    await clock.advance(60_000)
    expect(asked()).toEqual([])
  })

  it('are kept when the member does not answer, with the reason', async () => {
    let broken = false
    const { clock, lists } = await setUp([offering('B')], async () => {
      if (broken) throw new FcnError('not_granted', 'No.')
      return oneModel
    })
    broken = true
    await clock.advance(10_000)
    await lists.use()
    await clock.advance(0)
    expect(lists.all()).toMatchObject([{ list: oneModel, whyNot: 'no_grant', answers: 2 }])
  })

  it('are asked of those only who are there and let this node use theirs, in a mesh where they do', async () => {
    const { world, say, lists } = await setUp([
      offering('B', { state: 'offline' }),
      offering('C', { refused: ['capability:ai'] }),
      offering('D', { refused: ['capability:ai'], meshId: 'one' }),
      offering('D', { meshId: 'two' }),
      member('E', 'e', { capabilities: [{ name: 'ai', state: 'paused' }] }),
    ])
    expect(world.asked).toEqual(['D two'])
    await say([offering('B')])
    expect(world.asked.at(-1)).toMatch(/^B /u)
    expect(lists.all().map(({ node }) => node.id)).toEqual(['B'])
  })

  it('are asked of eight at once at most', async () => {
    let open = 0
    let most = 0
    const release: (() => void)[] = []
    const crowd = Array.from({ length: 20 }, (_, index) => offering(`N${index}`))
    const { lists, clock } = await setUp(crowd, async () => {
      most = Math.max(most, ++open)
      await new Promise<void>((resolve) => release.push(resolve))
      open--
      return oneModel
    })
    const all = lists.use()
    while (release.length > 0) {
      release.pop()?.()
      await clock.advance(0)
    }
    await all
    expect(most).toBe(8)
    expect(lists.all().every(({ answers }) => answers === 1)).toBe(true)
  })

  it('are not waited for after the stop, and what was asked is given up', async () => {
    const signals: AbortSignal[] = []
    const clock = createFakeClock()
    const lists = createNodeLists({
      clock,
      membership: { members: () => [offering('B')], changed: createEmitter() },
      ask: ({ signal }) => {
        signals.push(signal)
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      },
    })
    await lists.start()
    const use = lists.use()
    await lists.stop()
    await use
    expect(signals[0]?.aborted).toBe(true)
    expect(clock.pending).toBe(0)
  })
})
