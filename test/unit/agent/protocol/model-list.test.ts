import { describe, expect, it } from 'vitest'
import { modelList, modelListPathIn } from '../../../../electron/agent/protocol/model-list.ts'
import { tokensFrom, tokensText } from '../../../../electron/agent/protocol/token-count.ts'
import { listed } from '../../../fakes/memory-models.ts'

describe('the list of models of a node', () => {
  it('may say more, and name kinds and uses that this version does not know', () => {
    const newer = { ...listed('a'), engine: 'quantum', uses: ['chat', 'singing'], mood: 'good' }
    expect(modelList.parse({ models: [newer], tokensLeft: 5, more: 1 })).toEqual({
      models: [{ ...listed('a'), engine: 'openai', uses: ['chat'] }],
      tokensLeft: 5,
    })
  })

  it('is refused when it is too long, or says what makes no sense', () => {
    expect(modelList.safeParse({ models: Array.from({ length: 201 }, () => listed('a')), tokensLeft: null }).success).toBe(false)
    expect(modelList.safeParse({ models: [{ ...listed('a'), busy: -1 }], tokensLeft: null }).success).toBe(false)
    expect(modelList.safeParse({ models: [{ ...listed('a'), name: 'a b\u0007' }], tokensLeft: null }).success).toBe(false)
  })

  it('is asked for below the mesh in which it is shared', () => {
    expect(modelListPathIn('A B')).toBe('/peer/v1/capabilities/A%20B/ai/fcn/models')
  })
})

describe('the tokens of an answer', () => {
  it('are read as they are written, and nothing else is', () => {
    expect(tokensFrom(tokensText({ tokensIn: 12, tokensOut: 0 }))).toEqual({ tokensIn: 12, tokensOut: 0 })
    for (const value of [undefined, '', '1', '1 2 3', '-1 2', '1e3 2', '1234567890 1', ['1 2', '1 2']]) expect(tokensFrom(value)).toBeNull()
  })
})
