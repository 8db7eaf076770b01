import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { issueText } from '../../../../electron/agent/support/issue-text.ts'

const textFor = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value)
  return error ? issueText(error) : 'valid'
}

describe('what is wrong with an input', () => {
  it('is said with the place of each fault', () => {
    const schema = z.object({ port: z.number('must be a number'), services: z.array(z.object({ id: z.string('must be a text') })) })
    expect(textFor(schema, { port: 'x', services: [{ id: 5 }] })).toBe('port: must be a number; services.0.id: must be a text')
    expect(textFor(z.string('must be a text'), 5)).toBe('must be a text')
  })

  it('stays short, however much is wrong and however long the names are', () => {
    const wrong = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}`.repeat(300), 'x']))
    expect(textFor(z.record(z.string(), z.number()), wrong).length).toBeLessThanOrEqual(500)
  })
})
