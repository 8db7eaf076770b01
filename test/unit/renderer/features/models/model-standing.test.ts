import { describe, expect, it } from 'vitest'
import { modelPlace } from '../../../../../electron/contract/ai.ts'
import {
  bestFirst,
  canChat,
  firstToBeHad,
  markOf,
  modelStanding,
  standingAt,
} from '../../../../../renderer/features/models/list/model-standing.ts'
import { model, models, place } from '../../../../fixtures/household-models.ts'

describe('how a model stands', () => {
  it('is what it is at the best of its places: usable before not, loaded before cold, here before elsewhere, then the quickest', () => {
    const places = [
      place('attic-nas', { whyNot: 'paused' }),
      place('kitchen-mini', { tokensPerSecond: 90 }),
      place('mia-laptop', { tokensPerSecond: 30 }),
      place('oskar-desktop', { loaded: true }),
      place('studio-desktop', {}),
    ]
    expect(bestFirst(places).map(({ node }) => node.name)).toEqual([
      'oskar-desktop',
      'studio-desktop',
      'kitchen-mini',
      'mia-laptop',
      'attic-nas',
    ])
    expect(modelStanding({ places })).toMatchObject({ standing: 'loaded', usable: 4 })
  })

  it('counts a computer with two engines once', () => {
    expect(modelStanding({ places: [place('kitchen-mini'), place('kitchen-mini', { engine: 'vllm' })] })?.usable).toBe(1)
  })

  it('is why it is not asked where no place would be, the reason that ends soonest first', () => {
    const places = [
      place('vps-helsinki', { whyNot: 'no_grant' }),
      place('attic-nas', { whyNot: 'offline' }),
      place('mia-laptop', { whyNot: 'starting' }),
    ]
    expect(modelStanding({ places })).toMatchObject({ standing: 'starting', usable: 0 })
  })

  it('is unknown without a place', () => {
    expect(modelStanding({ places: [] })).toBeNull()
  })

  it('has a mark for every reason of the contract', () => {
    const [reasons, own] = modelPlace.shape.whyNot.unwrap().options
    for (const whyNot of [...reasons.options, ...own.options]) expect(markOf(standingAt({ whyNot, loaded: true }))).toMatch(/^[a-z]+$/u)
    expect(standingAt({ whyNot: null, loaded: null })).toBe('ready')
  })
})

describe('a name of the user’s own', () => {
  it('leads to the first of its models that would be asked anywhere', () => {
    expect(firstToBeHad(['llama3.3:70b', 'not-there', 'gemma3:12b', 'llama3.2:3b'], models)?.name).toBe('gemma3:12b')
    expect(firstToBeHad(['llama3.3:70b'], models)).toBeNull()
  })
})

describe('a model one can talk to', () => {
  it('is one for chat or completion, or one whose engine does not say', () => {
    expect(canChat(model('a', [], { uses: ['embedding'] }))).toBe(false)
    expect(canChat(model('a', [], { uses: ['completion'] }))).toBe(true)
    expect(canChat(model('a', [], { uses: [] }))).toBe(true)
  })
})
