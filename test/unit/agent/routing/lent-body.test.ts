import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createLentBody } from '../../../../electron/agent/routing/lent-body.ts'

const read = (stream: Readable | null): Promise<string> => text(stream ?? Readable.from([]))

describe('a lent body', () => {
  it('arrives whole at the second borrower when the first has read nothing', async () => {
    const source = new PassThrough()
    source.write('one ')
    const body = createLentBody(source, true)
    body
      .lend()
      ?.on('error', () => undefined)
      .destroy(new Error('refused'))
    await turn()
    expect(body.touched).toBe(false)
    source.end('two')
    expect(await read(body.lend())).toBe('one two')
    expect(body).toMatchObject({ touched: true, bytes: 7 })
  })

  it('is not taken in faster than it is read', async () => {
    const source = new PassThrough({ highWaterMark: 1024 })
    const lent = createLentBody(source, true).lend()
    lent?.read(0)
    let taken = 0
    while (taken < 10_000 && source.write(Buffer.alloc(1024))) {
      taken++
      await turn()
    }
    expect(taken).toBeLessThan(200)
  })

  it('is none when the request has none', () => expect(createLentBody(new PassThrough(), false).lend()).toBeNull())

  it('ends for a borrower who comes after its end', async () => {
    const source = new PassThrough()
    const body = createLentBody(source, true)
    source.end()
    source.resume()
    await turn()
    await turn()
    expect(await read(body.lend())).toBe('')
  })

  it('fails for its borrower when it breaks', async () => {
    const source = new PassThrough()
    const lent = createLentBody(source, true).lend()
    source.write('half')
    await turn()
    source.destroy(new Error('gone'))
    await expect(read(lent)).rejects.toThrow('gone')
  })

  it('that breaks while its borrower does not listen yet harms nobody, and fails when it is read', async () => {
    const source = new PassThrough()
    const lent = createLentBody(source, true).lend()
    source.destroy(new Error('gone'))
    await turn()
    await turn()
    await expect(read(lent)).rejects.toThrow('gone')
  })
})
