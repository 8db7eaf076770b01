import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { launchBrowser } from './browser.ts'
import { type EchoService, startEchoService } from './echo-service.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPair } from './joined-pair.ts'
import { type CommandResult, type NodeProcess, startNode } from './node-process.ts'

const mebibyte = 1024 * 1024

const page = '<!doctype html><link rel="stylesheet" href="style.css"><body><img src="dot.svg"><p id="p"></p><script src="app.js"></script>'
const parts: Record<string, [type: string, content: string]> = {
  '/style.css': ['text/css', 'body { color: rgb(1, 2, 3) }'],
  '/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>'],
  '/app.js': ['text/javascript', 'document.getElementById("p").textContent = "by its script"'],
}

/** `size` random bytes as a stream, with the hash they have in the end. */
function randomBody(size: number) {
  const hash = createHash('sha256')
  const stream = Readable.from(
    (function* () {
      for (let sent = 0; sent < size; sent += mebibyte) {
        const chunk = randomBytes(Math.min(mebibyte, size - sent))
        hash.update(chunk)
        yield chunk
      }
    })(),
  )
  return { stream, digest: () => hash.digest('hex') }
}

describe('a service shared by a peer', () => {
  let attic: NodeProcess
  let mia: NodeProcess
  let service: EchoService
  let shared: CommandResult

  beforeAll(async () => {
    service = await startEchoService()
    ;({ approver: attic, joiner: mia } = await joinedPair({ approver: 'attic', joiner: 'mia' }))
    shared = await attic.fcn('share', 'echo', String(service.port), '--json')
    await eventually('the service is known at mia', async () => (await request(at('/'))).statusCode === 200)
  })
  afterAll(async () => {
    await Promise.all([attic.stop(), mia.stop()])
    await service.stop()
  })

  const at = (path: string, peer = 'attic') => `${mia.url}/services/any/${peer}/echo${path}`

  it('is shared by its name and port', () => {
    expect(shared.json).toMatchObject({ id: 'echo', name: 'echo', port: service.port })
  })

  it.each(['attic', 'any'])('takes 64 MiB at %s and gives back the hash of every byte', async (peer) => {
    const body = randomBody(64 * mebibyte)
    const answer = await request(at('/upload?a=1%2F2', peer), { method: 'POST', body: body.stream })
    expect(await answer.body.json()).toEqual({ bytes: 64 * mebibyte, sha256: body.digest(), path: '/upload?a=1%2F2' })
  })

  it('sends 64 MiB with every byte in place', async () => {
    const answer = await request(at(`/bytes/${64 * mebibyte}`))
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
    expect(bytes).toBe(64 * mebibyte)
    expect(hash.digest('hex')).toBe(service.lastSha256())
  })

  it('answers over WebSocket, text and binary', async () => {
    const socket = new WebSocket(at('/socket').replace('http:', 'ws:'))
    const replies: { text: string; isBinary: boolean }[] = []
    const closed = new Promise<void>((resolve, reject) => {
      socket.on('close', () => resolve())
      socket.on('error', reject)
    })
    socket.on('message', (data: Buffer, isBinary) => {
      replies.push({ text: data.toString('utf8'), isBinary })
      if (replies.length === 2) socket.close()
    })
    socket.on('open', () => {
      socket.send('hello')
      socket.send(Buffer.from('bytes'))
    })
    await closed
    expect(replies).toEqual([
      { text: 'hello', isBinary: false },
      { text: 'bytes', isBinary: true },
    ])
  })

  it('is seen with its styles, images and scripts in a browser', async () => {
    const site = createServer((incoming, answer) => {
      const [type, content] = parts[incoming.url ?? ''] ?? ['text/html', page]
      answer.setHeader('content-type', type).end(content)
    })
    await once(site.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void site.close())
    await attic.fcn('share', 'site', String((site.address() as AddressInfo).port))
    const url = `${mia.url}/services/any/attic/site/`
    await eventually('the site is known', async () => (await request(url)).statusCode === 200)
    const browser = await launchBrowser()
    onTestFinished(() => browser.close())
    const view = await browser.newPage()
    await view.goto(url)
    await view.getByText('by its script').waitFor()
    expect(await view.evaluate(() => [getComputedStyle(document.body).color, document.images[0]?.naturalWidth])).toEqual([
      'rgb(1, 2, 3)',
      7,
    ])
  })

  it('says which peer and why when the program behind it is gone', async () => {
    const gone = await startEchoService()
    await attic.fcn('share', 'gone', String(gone.port))
    await eventually('the second service is known', async () => (await request(`${mia.url}/services/any/attic/gone/`)).statusCode === 200)
    await gone.stop()
    const answer = await request(`${mia.url}/services/any/attic/gone/`)
    expect(answer.statusCode).toBe(502)
    expect(await answer.body.json()).toMatchObject({
      code: expect.stringMatching(/backend_failed|unreachable/) as string,
      message: expect.stringContaining('gone') as string,
    })
  })

  it('is written down at the serving node, per peer and without contents', async () => {
    await attic.kill('SIGTERM') // sums are written each minute, and at the end
    await using again = await startNode({ name: 'attic', port: attic.port, data: attic.data })
    const lines = (await again.fcn('audit', '--action', 'service.used', '--json')).json as { actor: string; details: object }[]
    expect(lines.filter(({ actor }) => actor === 'mia')[0]).toMatchObject({ details: { bytesIn: expect.any(Number) as number } })
  })
})
