import { describe, expect, it } from 'vitest'
import { modelAliases } from '../../../../../electron/contract/ai.ts'
import { problemOf, withAlias, withoutAlias } from '../../../../../renderer/features/models/aliases/alias-draft.ts'
import { modelChoices } from '../../../../../renderer/features/models/programs/model-choices.ts'
import { householdModels } from '../../../../fixtures/household-models.ts'

const ai = householdModels()
const models = ['llama3.2:3b']

describe('a name of the user’s own', () => {
  it('is refused with the reason before it is sent', () => {
    expect(problemOf({ name: ' ', models }, null, ai)).toBe('empty')
    expect(problemOf({ name: 'two words', models }, null, ai)).toBe('characters')
    expect(problemOf({ name: 'fast', models }, null, ai)).toBe('taken')
    expect(problemOf({ name: 'gemma3:12b', models }, null, ai)).toBe('model')
    expect(problemOf({ name: 'new', models: [] }, null, ai)).toBe('models')
    expect(problemOf({ name: 'new', models: Array.from({ length: 17 }, (_, i) => `m${i}`) }, null, ai)).toBe('many')
    expect(problemOf({ name: 'new', models }, null, ai)).toBeNull()
  })

  it('may keep the name that it has, or get another', () => {
    expect(problemOf({ name: 'fast', models }, 'fast', ai)).toBeNull()
    expect(problemOf({ name: 'coder', models }, 'fast', ai)).toBe('taken')
    expect(Object.keys(withAlias(ai.aliases, 'fast', { name: 'quick ', models }))).toEqual(['quick', 'coder', 'giant'])
  })

  it('comes to what the contract takes', () => {
    const all = withAlias(ai.aliases, null, { name: 'new', models })
    expect(modelAliases.parse(all)).toMatchObject({ new: models })
    expect(withoutAlias(all, 'new')).toEqual(ai.aliases)
  })
})

describe('names that a program can ask for', () => {
  it('begin with the user’s own that lead somewhere, then models one can talk to, those that can be used first', () => {
    const choices = modelChoices(ai)
    expect(choices.slice(0, 2)).toEqual(['fast', 'coder'])
    expect(choices).not.toContain('giant')
    expect(choices).not.toContain('nomic-embed-text')
    expect(choices.indexOf('gemma3:12b')).toBeLessThan(choices.indexOf('llama3.3:70b'))
  })
})
