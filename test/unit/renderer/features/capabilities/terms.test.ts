import { describe, expect, it } from 'vitest'
import { aiTerms } from '../../../../../electron/contract/ai.ts'
import { chosenFor, oneByOne, ownModels, sharedCount, whoMay, withWho } from '../../../../../renderer/features/capabilities/ai/terms.ts'
import { engines } from '../../../../fixtures/household-models.ts'

const own = ownModels(engines)

describe('terms of models', () => {
  it('are about each model here once, and about those that somebody chose for and that are away', () => {
    expect(ownModels([...engines, ...engines])).toEqual(['gemma3:12b', 'llama3.2:3b', 'tiny-shakespeare'])
    expect(chosenFor({ 'phi4:14b': 'all' }, own)).toEqual([...own, 'phi4:14b'])
  })

  it('let everybody have everything until somebody chooses, and change nothing by choosing one by one', () => {
    expect(whoMay(null, 'gemma3:12b')).toBe('all')
    const models = oneByOne(null, own)
    expect(own.map((name) => whoMay(models, name))).toEqual(['all', 'all', 'all'])
    expect(oneByOne(models, [])).toBe(models)
  })

  it('let nobody have what is not named, also a model that comes later', () => {
    const models = withWho(oneByOne(null, own), 'gemma3:12b', 'nobody')
    expect(whoMay(models, 'gemma3:12b')).toBe('nobody')
    expect(whoMay(models, 'new:1b')).toBe('nobody')
    expect(whoMay({}, 'toString')).toBe('nobody')
  })

  it('can name peers, and are what the contract takes', () => {
    const models = withWho(oneByOne(null, own), 'llama3.2:3b', ['PEER'])
    expect(whoMay(models, 'llama3.2:3b')).toEqual(['PEER'])
    expect(aiTerms.parse({ models, tokensPerPeerAndDay: null }).models).toEqual(models)
  })

  it('say how many of the models here are shared, where it is not every one', () => {
    expect(sharedCount(null, own)).toBeNull()
    expect(sharedCount({ 'llama3.2:3b': 'all', 'phi4:14b': 'all' }, own)).toBe(1)
  })
})
