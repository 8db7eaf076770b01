import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { startHousehold } from '../../../fakes/household.ts'
import { soon } from '../../../support/soon.ts'

describe('streams', () => {
  it('carries 64 MiB each way unchanged, in bounded memory', async () => {
    const { box } = await startHousehold((request, response) => {
      response.writeHead(200)
      request.pipe(response)
    })
    const block = randomBytes(1024 * 1024)
    const sent = createHash('sha256')
    const received = createHash('sha256')
    const request = httpRequest(box, { method: 'POST', agent: false })
    const before = process.memoryUsage().rss
    let most = 0
    const body = Readable.from(
      (function* () {
        for (let index = 0; index < 64; index++) {
          sent.update(block)
          most = Math.max(most, process.memoryUsage().rss)
          yield block
        }
      })(),
    )
    body.pipe(request)
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    for await (const chunk of answer) received.update(chunk as Buffer)
    expect(received.digest('hex')).toBe(sent.digest('hex'))
    expect(most - before).toBeLessThan(160 * 1024 * 1024) // the test's own four servers and clients included
  }, 30_000)

  it('holds the sender back while the receiver does not read', async () => {
    let written = 0
    const { box } = await startHousehold((_request, response) => {
      response.writeHead(200)
      const block = Buffer.alloc(64 * 1024)
      const pump = () => {
        do written += block.length
        while (written < 512 * 1024 * 1024 && response.write(block))
      }
      response.on('drain', pump)
      pump()
    })
    const request = httpRequest(box, { agent: false })
    request.end()
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    let last = -1
    while (last !== written) {
      last = written
      await wait(150)
    }
    expect(written).toBeLessThan(64 * 1024 * 1024)
    answer.destroy()
  })

  it('delivers events as they come, head first', async () => {
    let say: (text: string) => void = () => undefined
    const { box } = await startHousehold((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.flushHeaders()
      say = (text) => void response.write(text)
    })
    const request = httpRequest(box, { agent: false })
    request.end()
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    for (const text of ['data: 1\n\n', 'data: 2\n\n']) {
      say(text)
      const [chunk] = (await soon(once(answer, 'data'))) as [Buffer]
      expect(chunk.toString()).toBe(text)
    }
    answer.destroy()
  })

  it('passes a body on while it still arrives', async () => {
    const { box } = await startHousehold((request, response) => void request.once('data', (chunk: Buffer) => response.end(chunk)))
    const request = httpRequest(box, { method: 'POST', agent: false })
    request.write('first')
    const [answer] = (await soon(once(request, 'response'))) as [IncomingMessage]
    const [chunk] = (await soon(once(answer, 'data'))) as [Buffer]
    expect(chunk.toString()).toBe('first')
    request.on('error', () => undefined).destroy()
  })
})
