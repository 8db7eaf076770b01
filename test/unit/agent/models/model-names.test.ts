import { describe, expect, it } from 'vitest'
import { modelsMeant } from '../../../../electron/agent/models/model-names.ts'

const models = new Set(['llama3.2:3b', 'qwen3:latest', 'phi4', 'fast'])

describe('a name of a model', () => {
  it('is that model, whatever the lists of the user say', () => {
    expect(modelsMeant('phi4', models, { phi4: ['llama3.2:3b'] })).toEqual(['phi4'])
    expect(modelsMeant('fast', models, { fast: ['phi4'] })).toEqual(['fast'])
  })

  it('may leave out the tag “latest”, or write it', () => {
    expect(modelsMeant('qwen3', models, {})).toEqual(['qwen3:latest'])
    expect(modelsMeant('phi4:latest', models, {})).toEqual(['phi4'])
    expect(modelsMeant('llama3.2', models, {})).toEqual([])
  })

  it('stands for the models of a list in its order, as far as they are there, each once', () => {
    expect(modelsMeant('quick', models, { quick: ['gone', 'qwen3', 'phi4', 'qwen3:latest'] })).toEqual(['qwen3:latest', 'phi4'])
    expect(modelsMeant('quick', models, { quick: ['gone'] })).toEqual([])
  })

  it('in a list is no list, and no name is special', () => {
    expect(modelsMeant('a', models, { a: ['b'], b: ['phi4'] })).toEqual([])
    expect(modelsMeant('constructor', models, {})).toEqual([])
    expect(modelsMeant('__proto__', models, {})).toEqual([])
  })
})
