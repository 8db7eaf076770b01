import fastify from 'fastify'
import { Client } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addBodyDeadline } from '../../../../electron/agent/api/body-deadline.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

const setUp = async () => {
  const clock = createFakeClock()
  const app = fastify({ bodyLimit: 1000 })
  addBodyDeadline(app, clock, 30_000)
  app.post('/', () => 'ok')
  const client = new Client(await app.listen({ host: '127.0.0.1', port: 0 }))
  onTestFinished(async () => {
    await client.destroy()
    await app.close()
  })
  const post = async (body: string | AsyncIterable<Buffer>) => {
    const answer = await client.request({
      path: '/',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body as string,
    })
    await answer.body.dump()
    return answer.statusCode
  }
  return { clock, post }
}

describe('body deadline', () => {
  it('refuses a body that does not arrive in time', async () => {
    const { clock, post } = await setUp()
    let begun = () => {}
    const started = new Promise<void>((resolve) => (begun = resolve))
    async function* endless() {
      yield Buffer.from('{')
      begun()
      await new Promise(() => {})
    }
    const status = post(endless())
    await started
    // the request has to reach the server before time passes for it
    while (clock.pending === 0) await new Promise((resolve) => setImmediate(resolve))
    await clock.advance(30_000)
    expect(await status).toBe(400)
  })

  it.each([
    ['taken', '{}', 200],
    ['malformed', '{', 400],
    ['too large', `"${'x'.repeat(4_000_000)}"`, 413],
  ])('is over once a body was %s', async (_, body, status) => {
    const { clock, post } = await setUp()
    expect(await post(body)).toBe(status)
    expect(clock.pending).toBe(0)
  })
})
