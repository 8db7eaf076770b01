import { describe, expect, it } from 'vitest'
import { countsOf, fitsFilter, rowsOf, searchFor, sorted } from '../../../../../renderer/features/models/list/model-filter.ts'
import { householdModels, model, place } from '../../../../fixtures/household-models.ts'

const rows = rowsOf(householdModels())
const found = (text: string) => rows.filter(searchFor(text)).map(({ id }) => id)

describe('the list of models', () => {
  it('finds by every word: name, size, use, computer, and the user’s own names', () => {
    expect(found('')).toHaveLength(rows.length)
    expect(found('LLAMA kitchen')).toEqual(['llama3.2:3b'])
    expect(found('fast')).toEqual(['llama3.2:3b'])
    expect(found('embedding attic')).toEqual(['nomic-embed-text'])
    expect(found('q6_k')).toEqual(['hf.co/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF:Q6_K'])
    expect(found('llama nowhere')).toEqual([])
  })

  it('knows which of the user’s own names lead to a model now', () => {
    expect(rows.flatMap(({ id, aliases }) => aliases.map((alias) => `${alias}: ${id}`))).toEqual([
      'fast: llama3.2:3b',
      'coder: qwen2.5-coder:32b',
    ])
  })

  it('counts each filter as it shows', () => {
    const counts = countsOf(rows)
    expect(counts).toMatchObject({ all: 9, loaded: 4, vision: 1, embedding: 1, away: 4 })
    expect(rows.filter((row) => fitsFilter(row, 'away')).map(({ id }) => id)).toContain('llama3.3:70b')
  })

  it('has what can be used first, then by name with numbers as numbers', () => {
    const three = ['b:70b', 'b:8b', 'a:1b'].map((name) =>
      model(name, [place('kitchen-mini', { whyNot: name === 'a:1b' ? 'offline' : null })]),
    )
    expect(sorted(rowsOf({ models: three, aliases: {} })).map(({ id }) => id)).toEqual(['b:8b', 'b:70b', 'a:1b'])
  })
})
