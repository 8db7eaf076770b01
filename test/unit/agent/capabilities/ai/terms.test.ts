import { describe, expect, it } from 'vitest'
import { isSameModel } from '../../../../../electron/agent/capabilities/ai/terms/model-name.ts'
import { createTermsStore } from '../../../../../electron/agent/capabilities/ai/terms/terms-store.ts'
import { budgetSpent, isShared, tokensLeft } from '../../../../../electron/agent/capabilities/ai/terms/terms.ts'
import { createMetaStore } from '../../../../../electron/agent/store/meta-store.ts'
import { defaultAiTerms } from '../../../../../electron/contract/ai.ts'
import { emptyAiDatabase } from '../../../../fakes/ai-node.ts'

describe('the owner’s terms', () => {
  it('share every model with whoever may use the capability until the owner says otherwise', () => {
    expect(isShared(defaultAiTerms, 'PEER', 'llama3.2:latest')).toBe(true)
  })

  it('share, once models are chosen, these and no others', () => {
    const terms = { ...defaultAiTerms, models: { 'llama3.2:latest': 'all' as const, 'qwen3:8b': ['PEER'] } }
    expect(isShared(terms, 'OTHER', 'llama3.2:latest')).toBe(true)
    expect(isShared(terms, 'PEER', 'qwen3:8b')).toBe(true)
    expect(isShared(terms, 'OTHER', 'qwen3:8b')).toBe(false)
    expect(isShared(terms, 'PEER', 'private')).toBe(false)
    expect(isShared({ ...defaultAiTerms, models: {} }, 'PEER', 'toString')).toBe(false)
  })

  it('never hold for the programs of the owner’s own computer', () => {
    const terms = { models: {}, tokensPerPeerAndDay: 1 }
    expect(isShared(terms, null, 'private')).toBe(true)
    expect(tokensLeft(terms, null, 1_000)).toBeNull()
  })

  it('say what is left of a day’s tokens, never less than none', () => {
    const terms = { ...defaultAiTerms, tokensPerPeerAndDay: 100 }
    expect(tokensLeft(defaultAiTerms, 'PEER', 1_000)).toBeNull()
    expect(tokensLeft(terms, 'PEER', 40)).toBe(60)
    expect(tokensLeft(terms, 'PEER', 140)).toBe(0)
    expect(budgetSpent(60).toFailure()).toMatchObject({ code: 'too_many', details: { retryAfter: 60, reason: 'budget_spent' } })
  })

  it('are kept, and changed one by one', () => {
    const database = emptyAiDatabase()
    const terms = createTermsStore({ meta: createMetaStore(database) })
    terms.update({ tokensPerPeerAndDay: 5 })
    terms.update({ models: { a: 'all' } })
    expect(createTermsStore({ meta: createMetaStore(database) }).get()).toEqual({ models: { a: 'all' }, tokensPerPeerAndDay: 5 })
  })

  it('are not taken for none when what is kept makes no sense', () => {
    const meta = createMetaStore(emptyAiDatabase())
    meta.set('ai_terms', '{"models":3}')
    expect(() => createTermsStore({ meta })).toThrow('expected record')
  })
})

describe('the name of a model', () => {
  it('may leave out the tag that Ollama means anyway, and nothing else', () => {
    expect(isSameModel('llama3.2:latest', 'llama3.2')).toBe(true)
    expect(isSameModel('llama3.2', 'llama3.2')).toBe(true)
    expect(isSameModel('llama3.2:3b', 'llama3.2')).toBe(false)
    expect(isSameModel('llama3.2', 'llama3.2:latest')).toBe(false)
  })
})
