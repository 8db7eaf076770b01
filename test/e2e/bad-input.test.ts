import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type NodeProcess, startNode } from './node-process.ts'

/** Longest that a person waits for "this does not work", ms; the limit of a command is longer. */
const patience = 15_000

let node: NodeProcess
let key: string
/** Whether the node lets go of a body that never ends: it takes half a minute, in which the other tests run. */
let endless: Promise<boolean>
const agent = new Agent({ connections: 8 })

beforeAll(async () => {
  node = await startNode({ name: 'target' })
  key = ((await node.fcn('key', '--json')).json as { key: string }).key
  endless = sendEndlessBody()
})
afterAll(async () => {
  await agent.close()
  await node?.stop()
})

/** Sends a body byte by byte; true once the connection is closed, false when it is open after 75 s. */
async function sendEndlessBody(): Promise<boolean> {
  const socket = connect(node.port, '127.0.0.1')
  socket.on('error', () => socket.destroy()) // a reset is how it may let go
  socket.write(`POST /api/mesh/register HTTP/1.1\r\nHost: 127.0.0.1:${node.port}\r\nX-API-Key: ${key}\r\n`)
  socket.write('Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{')
  const drip = setInterval(() => socket.write(' '), 500)
  const closed = once(socket.resume(), 'close').then(() => true)
  const isClosed = await Promise.race([closed, delay(75_000, false, { ref: false })])
  clearInterval(drip)
  return isClosed
}

/** What the Router API answers to a body. */
async function post(path: string, body: string): Promise<{ status: number; text: string }> {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' }
  const answer = await request(new URL(path, node.url), { method: 'POST', headers, body, dispatcher: agent })
  return { status: answer.statusCode, text: await answer.body.text() }
}

describe('joining at an address that is no node', () => {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  afterAll(() => {
    for (const socket of sockets) socket.destroy()
    for (const server of servers) server.close()
  })

  /** A server on loopback that does what `serve` says with each connection. */
  async function serverThat(serve: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
      serve(socket)
    }).listen(0, '127.0.0.1')
    servers.push(server)
    await once(server, 'listening')
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  async function expectExplained(url: string): Promise<void> {
    const began = performance.now()
    const { json } = await node.fcn('join', url, '--json')
    expect(performance.now() - began).toBeLessThan(patience)
    const { error, problem } = json as { error?: { message: string }; problem?: { message: string } | null }
    expect((error ?? problem)?.message, JSON.stringify(json)).toMatch(/^[A-Z“].*\.$/su)
  }

  it('says so for one that is not http, not an address, or its own', async () => {
    for (const url of [
      'ftp://127.0.0.1/',
      'http://',
      'not an address',
      'javascript:alert(1)',
      node.url,
      `http://localhost:${node.port}/`,
    ]) {
      await expectExplained(url)
    }
  })

  it('says so for a host that nobody knows and a port where nothing listens', { timeout: 90_000 }, async () => {
    await expectExplained('http://node.invalid:3000')
    await expectExplained('http://127.0.0.1:1')
  })

  it('says so for a program that speaks another language', { timeout: 90_000 }, async () => {
    await expectExplained(await serverThat((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')))
    const web = createHttpServer((_request, response) => response.end('<h1>It works!</h1>')).listen(0, '127.0.0.1')
    servers.push(web)
    await once(web, 'listening')
    await expectExplained(`http://127.0.0.1:${(web.address() as AddressInfo).port}`)
  })

  it('says so for one that never answers, and for one that answers byte by byte', { timeout: 90_000 }, async () => {
    await expectExplained(await serverThat((socket) => socket.resume()))
    const drip = await serverThat((socket) => {
      const timer = setInterval(() => socket.write('H'), 100)
      socket.resume().on('close', () => clearInterval(timer))
    })
    await expectExplained(drip)
  })
})

describe('a node', () => {
  it('says what is wrong with a body and loses nothing', async () => {
    const bodies = [
      '{',
      '[]',
      'null',
      '7',
      '{"nodeUrl":7,"nodeName":[]}',
      `{"nodeUrl":"http://127.0.0.1:1","nodeName":"${'x'.repeat(1_048_576)}"}`,
    ]
    for (const body of [
      ...bodies,
      '{"__proto__":{"admin":true}}',
      '{"nodeUrl":"file:///etc/passwd","nodeName":"x"}',
      `{"nodeUrl":"${node.url}","nodeName":"me"}`,
    ]) {
      const { status, text } = await post('/api/mesh/register', body)
      expect(status, body.slice(0, 60)).toBeGreaterThanOrEqual(400)
      expect(status).toBeLessThan(500)
      expect((JSON.parse(text) as { error: string }).error).not.toBe('')
    }
    expect((await node.fcn('peers', '--json')).json).toEqual([])
  })

  it('keeps a bounded number of 10,000 nodes that register, and stays quick', { timeout: 120_000 }, async () => {
    let next = 0
    const lane = async () => {
      while (next < 10_000) {
        const number = next++
        const { status } = await post(
          '/api/mesh/register',
          JSON.stringify({ nodeUrl: `http://127.0.0.1:1/${number}`, nodeName: `n${number}` }),
        )
        expect(status).toBeLessThan(500)
      }
    }
    await Promise.all(Array.from({ length: 8 }, lane))
    const began = performance.now()
    const peers = (await node.fcn('peers', '--json')).json as unknown[]
    expect(peers.length).toBeLessThanOrEqual(1000)
    expect(performance.now() - began).toBeLessThan(5000)
  })

  it('lets go of a body that never ends', { timeout: 90_000 }, async () => {
    expect(await endless).toBe(true)
  })
})
