import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createWholeBodies, maxBody } from '../../../../../electron/agent/routing/models/whole-body.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

/** A request whose body a test pushes. */
function arriving(headers: Record<string, string> = {}) {
  const stream = new PassThrough({ highWaterMark: 2 * maxBody })
  return { stream, request: Object.assign(stream, { headers }) as unknown as IncomingMessage }
}

const code = (error: unknown) => (error as { code: string }).code

describe('a body that is read whole', () => {
  it('is what came, and is asked for before it is read', async () => {
    const { stream, request } = arriving()
    let wanted = 0
    const read = createWholeBodies({ clock: createFakeClock() }).read(request, () => wanted++)
    stream.write('ab')
    stream.end('c')
    const { bytes } = await read
    expect(bytes.toString()).toBe('abc')
    expect(wanted).toBe(1)
  })

  it('is refused unread when it says that it is too large or compressed', async () => {
    const bodies = createWholeBodies({ clock: createFakeClock() })
    const large = arriving({ 'content-length': String(maxBody + 1) })
    await expect(bodies.read(large.request)).rejects.toMatchObject({ code: 'too_large' })
    expect(large.stream.readableFlowing).not.toBe(true)
    await expect(bodies.read(arriving({ 'content-encoding': 'br' }).request)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('ends as soon as it is too large, whatever it said', async () => {
    const { stream, request } = arriving()
    const read = createWholeBodies({ clock: createFakeClock() }).read(request).catch(code)
    stream.write(Buffer.alloc(maxBody))
    stream.write('x')
    expect(await read).toBe('too_large')
  })

  it('shares a bound with the others, and gives its part back when it is done', async () => {
    const bodies = createWholeBodies({ clock: createFakeClock() }, { together: 10 })
    const first = arriving()
    const read = bodies.read(first.request)
    first.stream.end(Buffer.alloc(10))
    const held = await read
    const next = () => {
      const { stream, request } = arriving()
      const read = bodies.read(request).catch(code)
      stream.end('x')
      return read
    }
    expect(await next()).toBe('busy')
    held.done()
    expect(await next()).toMatchObject({ bytes: Buffer.from('x') })
  })

  it('is given up after half a minute of silence, and after five minutes in all', async () => {
    const clock = createFakeClock()
    const bodies = createWholeBodies({ clock })
    const silent = bodies.read(arriving().request).catch(code)
    await clock.advance(30_000)
    expect(await silent).toBe('timeout')

    const { stream, request } = arriving()
    const slow = bodies.read(request).catch(code)
    for (let seconds = 0; seconds < 300; seconds += 20) {
      stream.write('x')
      await clock.advance(20_000)
    }
    expect(await slow).toBe('timeout')
    expect(clock.pending).toBe(0)
  })

  it('fails when its sender goes', async () => {
    const { stream, request } = arriving()
    const read = createWholeBodies({ clock: createFakeClock() }).read(request).catch(code)
    stream.destroy()
    expect(await read).toBe('invalid_input')
  })
})
