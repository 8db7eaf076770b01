import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerableError } from '../../../../electron/agent/api/error-answer.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'

describe('errors as answers', () => {
  it('keeps ours', () => {
    const error = new FcnError('loop', 'Round.')
    expect(answerableError(error)).toBe(error)
  })

  it('names what is wrong with an input, briefly', () => {
    const { error } = z.object({ a: z.object({ b: z.number() }) }).safeParse({ a: { b: 'x'.repeat(10_000) } })
    const { code, message } = answerableError(error)
    expect(code).toBe('invalid_input')
    expect(message).toContain('a.b: ')
    expect(message.length).toBeLessThan(600)
  })

  it('tells nothing of what nobody foresaw', () => {
    for (const thrown of [new Error('/home/mia/secret'), 'secret', null, undefined, { code: 'constructor' }]) {
      expect(answerableError(thrown)).toMatchObject({
        code: 'internal',
        message: 'Something went wrong inside this node. Its log says more.',
      })
    }
  })
})
