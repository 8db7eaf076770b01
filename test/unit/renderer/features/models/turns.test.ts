import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calls } from '../../../../../electron/contract/calls.ts'
import {
  isRunning,
  messagesFor,
  spokenPart,
  type Turn,
  withAnswer,
  withFailure,
  withQuestion,
} from '../../../../../renderer/features/models/trial/turns.ts'
import { answered } from '../../../../fixtures/household-models.ts'

const news = (text: string, more: Partial<typeof answered> = {}) => ({ ...answered, text, state: 'running' as const, ...more })
const failure = { code: 'no_peer', message: 'Nobody can run it.' } as const

describe('a chat by which a model is tried', () => {
  it('grows by what is new of the answer', () => {
    let turns = withQuestion([], 'Hello')
    expect(isRunning(turns)).toBe(true)
    for (const text of ['Good ', '', 'morning']) turns = withAnswer(turns, 1, news(text))
    expect(turns[0]?.answer?.text).toBe('Good morning')
    turns = withAnswer(turns, 1, news('.', { state: 'done' }))
    expect(turns[0]?.answer).toMatchObject({ text: 'Good morning.', state: 'done' })
    expect(isRunning(turns)).toBe(false)
  })

  it('begins an answer anew when another run tells it', () => {
    const turns = withAnswer(withAnswer(withQuestion([], 'Hello'), 1, news('old')), 1, news('new', { id: 'trial-2' }))
    expect(turns[0]?.answer?.text).toBe('new')
  })

  it('changes only the turn that an answer belongs to', () => {
    const turns = withQuestion(withAnswer(withQuestion([], 'a'), 1, news('one', { state: 'done' })), 'b')
    expect(withAnswer(turns, 1, news('!', { state: 'done' }))[1]?.answer).toBeNull()
    expect(withAnswer(turns, 99, news('late'))).toEqual(turns)
  })

  it('ends a turn that failed, with what came before', () => {
    const turns = withFailure(withAnswer(withQuestion([], 'a'), 1, news('half')), 1, failure)
    expect(isRunning(turns)).toBe(false)
    expect(turns[0]).toMatchObject({ failure, answer: { text: 'half' } })
  })

  it('tells the model all that was answered so far, without questions that were not', () => {
    let turns = withAnswer(withQuestion([], 'a'), 1, news('one', { state: 'done' }))
    turns = withFailure(withQuestion(turns, 'lost'), 2, failure)
    expect(messagesFor(turns, 'b')).toEqual([
      { role: 'user', text: 'a' },
      { role: 'assistant', text: 'one' },
      { role: 'user', text: 'b' },
    ])
  })

  it('is what the contract takes, however long it becomes, and forgets its beginning first', () => {
    let turns: readonly Turn[] = []
    for (let i = 1; i <= 130; i++) {
      const input = { model: 'm', messages: messagesFor(turns, `question ${i}`) }
      expect(calls['ai.trial.start'].input.safeParse(input).success).toBe(true)
      turns = withQuestion(turns, `question ${i}`)
      turns = withAnswer(turns, turns.at(-1)?.id ?? 0, news('answer', { state: 'done' }))
    }
    expect(turns).toHaveLength(99)
    expect(turns.at(-1)?.asked).toBe('question 130')
  })
})

describe('what is read aloud of an answer', () => {
  it('is all of a short one', () => {
    expect(spokenPart(' Yes. It does. ', 40)).toEqual({ said: 'Yes. It does.', whole: true })
  })

  it('ends with a sentence where there is one, else with a word', () => {
    expect(spokenPart('One sentence. Another that goes on and on.', 30)).toEqual({ said: 'One sentence.', whole: false })
    expect(spokenPart('a list without any end to it at all', 20)).toEqual({ said: 'a list without any', whole: false })
  })

  it('is never longer than allowed, and always the beginning of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 60 }), (text, limit) => {
        const { said } = spokenPart(text, limit)
        expect(said.length).toBeLessThanOrEqual(limit)
        expect(text.trim().startsWith(said)).toBe(true)
      }),
    )
  })
})
