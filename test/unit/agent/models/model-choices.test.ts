import { describe, expect, it } from 'vitest'
import { createModelChoices } from '../../../../electron/agent/models/model-choices.ts'

/** The node's database, as far as this goes. */
const memory = (text?: string) => {
  const kept = new Map<string, string>(text === undefined ? [] : [['model_choices', text]])
  return { kept, meta: { get: (key: string) => kept.get(key) ?? null, set: (key: string, value: string) => void kept.set(key, value) } }
}

describe('choices about models', () => {
  it('are none at first, and kept when they are made', () => {
    const { meta } = memory()
    const choices = createModelChoices({ meta })
    expect(choices.get()).toEqual({ aliases: {}, needsKey: false, doors: [] })
    choices.update({ aliases: { fast: ['a', 'b'] } })
    choices.update({ doors: ['ollama'], needsKey: true })
    expect(createModelChoices({ meta }).get()).toEqual({ aliases: { fast: ['a', 'b'] }, needsKey: true, doors: ['ollama'] })
  })

  it('that a newer version wrote are taken as far as they are understood', () => {
    const { meta } = memory('{"aliases":{"a":["b"]},"doors":["something new"],"more":1}')
    expect(createModelChoices({ meta }).get()).toEqual({ aliases: { a: ['b'] }, needsKey: false, doors: [] })
    expect(createModelChoices({ meta: memory('not JSON').meta }).get().needsKey).toBe(false)
  })
})
