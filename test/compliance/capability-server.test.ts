/**
 * What every provider that answers requests itself must keep to, whatever it serves. A new one adds its line: how it is made,
 * a request that it answers and one that it works on until it is told to stop.
 */
import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { CapabilityServer } from '../../electron/agent/capabilities/provider.ts'
import type { CapabilityName } from '../../electron/contract/capability.ts'
import { failure } from '../../electron/contract/failure.ts'
import { createAiNode } from '../fakes/ai-node.ts'
import { startFakeEngine } from '../fakes/ai/fake-engine.ts'
import { startBackend } from '../fakes/backend.ts'
import { eventually } from '../support/eventually.ts'

interface Asked {
  method: string
  path: string
  body?: string
}

interface Case {
  name: CapabilityName
  /** Its server with something behind it, not started. */
  make: () => Promise<{
    server: CapabilityServer
    /** A request that is answered at once. */
    good: Asked
    /** A request that takes an hour. */
    long: Asked
    /** How many requests something works on. */
    working: () => number
    /** What must never be seen by others: addresses, keys. */
    secrets: string[]
  }>
}

const chat = (model: string) => JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] })

const cases: Case[] = [
  {
    name: 'ai',
    async make() {
      const scripts = { slow: { firstAfter: 3_600_000 } }
      const engine = await startFakeEngine({ models: [{ name: 'quick' }, { name: 'slow' }], scripts, key: 'sk-secret' })
      onTestFinished(engine.stop)
      const { server, engines } = createAiNode()
      await engines.start()
      onTestFinished(engines.stop)
      await engines.add({ url: engine.url, key: 'sk-secret' })
      const ask = (model: string): Asked => ({ method: 'POST', path: '/v1/chat/completions', body: chat(model) })
      return {
        server,
        good: ask('quick'),
        long: ask('slow'),
        working: engine.running,
        secrets: ['sk-secret', engine.url, String(engine.port)],
      }
    },
  },
]

async function start({ make }: Case) {
  const made = await make()
  await made.server.start()
  onTestFinished(made.server.stop)
  const { url, stop } = await startBackend(made.server.serve)
  onTestFinished(stop)
  const send = ({ method, path, body }: Asked, headers: Record<string, string> = {}) => {
    const request = httpRequest(url + path, { method, headers: { 'content-type': 'application/json', ...headers }, agent: false })
    request.end(body)
    return request
  }
  const ask = async (asked: Asked, headers?: Record<string, string>) => {
    const [answer] = (await once(send(asked, headers), 'response')) as [IncomingMessage]
    return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }
  }
  return { ...made, ask, send }
}

describe.each(cases)('the server of $name', (one) => {
  it('starts and stops, each as often as it is told to, and again', async () => {
    const { server, ask, good } = await start(one)
    await server.start()
    await server.stop()
    await server.stop()
    await server.start()
    expect((await ask(good)).status).toBe(200)
  })

  it('says in one short line what it has, without addresses or secrets', async () => {
    const { server, secrets } = await start(one)
    await eventually('it knows', () => server.status())
    const status = server.status()
    expect(status).toMatchObject({ ok: true, detail: expect.stringMatching(/^[^\n]{3,100}$/u) as unknown })
    for (const secret of secrets) expect(JSON.stringify(status)).not.toContain(secret)
  })

  it('answers programs of this computer, and peers', async () => {
    const { ask, good } = await start(one)
    expect((await ask(good)).status).toBe(200)
    expect((await ask(good, { 'x-fcn-caller': 'PEER' })).status).toBe(200)
  })

  it.each<[string, Asked]>([
    ['an unknown path', { method: 'GET', path: '/nothing/here' }],
    ['an odd path', { method: 'GET', path: '/%ff%00?%' }],
    ['a method of nobody', { method: 'PROPFIND', path: '/' }],
    ['a body that is none', { method: 'POST', path: '/v1/chat/completions', body: '{"' }],
    ['an upgrade', { method: 'GET', path: '/' }],
  ])('refuses %s in the words of a node, so that the asking one understands it', async (_what, asked) => {
    const { ask } = await start(one)
    const headers: Record<string, string> = _what === 'an upgrade' ? { connection: 'upgrade', upgrade: 'websocket' } : {}
    const answer = await ask(asked, headers)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const told = failure.parse(JSON.parse(answer.text))
    expect(answer.headers).toMatchObject({ 'x-fcn-error': told.code, 'x-fcn-executed': 'no' })
    expect(told.message).toMatch(/^[A-Z].*\.$/u)
  })

  it('shows nobody its secrets', async () => {
    const { ask, good, secrets } = await start(one)
    const answer = await ask(good, { 'x-fcn-caller': 'PEER' })
    for (const secret of secrets) expect(answer.text + JSON.stringify(answer.headers)).not.toContain(secret)
  })

  it('ends the work for a caller that leaves', async () => {
    const { send, long, working } = await start(one)
    const request = send(long).on('error', () => undefined)
    await eventually('it works', () => working() === 1)
    request.destroy()
    await eventually('it has stopped', () => working() === 0)
    expect(request.destroyed).toBe(true)
  })

  it('tells those who wait when it stops, and ends their work', async () => {
    const { server, ask, long, working } = await start(one)
    const waiting = ask(long)
    await eventually('it works', () => working() === 1)
    await server.stop()
    expect((await waiting).headers['x-fcn-error']).toBe('not_running')
    await eventually('it has stopped', () => working() === 0)
  })

  it('refuses everything while it is stopped', async () => {
    const { server, ask, good } = await start(one)
    await server.stop()
    expect((await ask(good)).headers['x-fcn-error']).toBe('not_running')
  })
})
