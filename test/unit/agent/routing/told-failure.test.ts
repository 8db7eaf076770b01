import { describe, expect, it } from 'vitest'
import { ToldFailure } from '../../../../electron/agent/routing/told-failure.ts'

const told = (...chunks: string[]) => {
  const failure = new ToldFailure('paused')
  for (const chunk of chunks) failure.push(Buffer.from(chunk))
  return failure.error()
}

describe('a failure that another node tells', () => {
  it('is that failure, with what to do', () => {
    expect(told('{"code":"paused","message":"Not ', 'now.","action":"Wait.","details":{"retryAfter":7}}')).toMatchObject({
      ...{ code: 'paused', message: 'Not now.', action: 'Wait.', details: { retryAfter: 7 } },
    })
  })

  it('is its code alone when the rest makes no sense, is about another, or has no end', () => {
    for (const error of [told('<html>'), told('{"code":"loop","message":"x"}'), told('"', 'x'.repeat(65 * 1024))]) {
      expect(error).toMatchObject({ code: 'paused', message: expect.stringContaining('does not say why') as string })
    }
  })
})
