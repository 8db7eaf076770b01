import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { boundedText } from '../../../../electron/agent/support/bounded-body.ts'

describe('a bounded body', () => {
  it('is its text, also where a chunk ends inside a character', async () => {
    const bytes = Buffer.from('für')
    expect(await boundedText(Readable.from([bytes.subarray(0, 2), bytes.subarray(2)]), 4)).toBe('für')
    expect(await boundedText(Readable.from([]), 0)).toBe('')
  })

  it('is null when it is longer, and its sender is not listened to any further', async () => {
    const body = Readable.from([Buffer.alloc(3), Buffer.alloc(3), Buffer.alloc(3)])
    expect(await boundedText(body, 5)).toBeNull()
    expect(body.destroyed).toBe(true)
  })
})
