import { PassThrough, type Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createRequestBody } from '../../../../electron/agent/routing/request-body.ts'
import { createByteRate } from '../../../../electron/agent/support/byte-rate.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const turns = async (count: number) => {
  for (let turned = 0; turned < count; turned++) await turn()
}

/** Reads as much as has arrived, then gives the stream back. */
async function tasteOf(lent: Readable): Promise<string> {
  let taste = ''
  lent.on('data', (chunk) => (taste += String(chunk)))
  await turns(4)
  lent.destroy()
  return taste
}

describe('the body of a request', () => {
  it('arrives whole at the second node, whatever the first has read of it', async () => {
    const source = new PassThrough()
    source.write('one ')
    const body = createRequestBody(source)
    expect(await tasteOf(body.lend())).toBe('one ')
    source.write('two ')
    expect(await tasteOf(body.lend())).toBe('one two ')
    source.end('three')
    expect(await text(body.lend())).toBe('one two three')
    expect(await text(body.lend())).toBe('one two three')
    expect(body).toMatchObject({ replayable: true, bytes: 13 })
  })

  it('is kept up to a bound: then it can be sent once only', async () => {
    const source = new PassThrough()
    const body = createRequestBody(source, { keep: 4 })
    source.end('12345')
    expect(await text(body.lend())).toBe('12345')
    expect(body.replayable).toBe(false)
    expect(() => body.lend()).toThrow('gone')
  })

  it('is asked for when the first node reads it, once', async () => {
    let asked = 0
    const source = new PassThrough()
    const body = createRequestBody(source, { wanted: () => asked++ })
    const unread = body.lend()
    await turns(2)
    expect(asked).toBe(0)
    unread.destroy()
    source.end('x')
    expect(await text(body.lend())).toBe('x')
    expect(await text(body.lend())).toBe('x')
    expect(asked).toBe(1)
  })

  it('is not taken in faster than it is read', async () => {
    const source = new PassThrough({ highWaterMark: 1024 })
    createRequestBody(source).lend().read(0)
    let taken = 0
    while (taken < 10_000 && source.write(Buffer.alloc(1024))) {
      taken++
      await turn()
    }
    expect(taken).toBeLessThan(200)
  })

  it('comes no faster than the limit on bytes allows', async () => {
    const clock = createFakeClock()
    const source = new PassThrough()
    const lent = createRequestBody(source).lend({ rate: createByteRate({ clock }, 1_000), clock })
    let read = 0
    lent.on('data', (chunk: Buffer) => (read += chunk.length))
    source.write(Buffer.alloc(500))
    await turns(4)
    source.end(Buffer.alloc(300))
    await turns(4)
    expect(read).toBe(500)
    await clock.advance(500)
    await turns(4)
    expect(read).toBe(800)
  })

  it('fails for its reader when it breaks', async () => {
    const source = new PassThrough()
    const lent = createRequestBody(source).lend()
    source.write('half')
    await turn()
    source.destroy(new Error('gone'))
    await expect(text(lent)).rejects.toThrow('gone')
  })

  it('that breaks while its reader does not listen yet harms nobody, and fails when it is read', async () => {
    const source = new PassThrough()
    const lent = createRequestBody(source).lend()
    source.destroy(new Error('gone'))
    await turns(2)
    await expect(text(lent)).rejects.toThrow('gone')
  })
})
