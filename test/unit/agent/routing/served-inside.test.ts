import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RequestServer } from '../../../../electron/agent/components.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { echo, send } from '../../../fakes/household.ts'
import { callingAs, member, nodeA, nodeB, startRouterNode } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'

const route = { sentTo: () => undefined, carriedBy: () => undefined, answered: () => undefined, ended: () => undefined }

/** Node A asks; B answers for its capability itself. */
async function start(serve: RequestServer, told: { what: string }[] = []) {
  const urls = new Map<string, string>()
  const transport = createDirectTransport(urls)
  const members = [member(nodeB, 'mini', { capabilities: [{ name: 'ai', state: 'ready' }] })]
  const b = await startRouterNode({
    id: nodeB,
    name: 'mini',
    transport,
    peers: [nodeA],
    members: [member(nodeA, 'desk')],
    backends: { ai: serve },
    routeLog: { open: ({ what }) => (told.push({ what }), route) },
  })
  const a = await startRouterNode({ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport), members })
  urls.set(nodeB, b.peerUrl)
  for (const stop of [b.stop, a.stop, () => transport.stop()]) onTestFinished(stop)
  return { a, b, ai: `${a.url}/capabilities/Home/ai`, own: `${b.url}/capabilities/Home/ai` }
}

describe('a capability that a part of the node answers for', () => {
  it('gets the request of a peer as it was sent, and who asks from the node alone', async () => {
    const { ai } = await start(echo)
    const answer = await send(`${ai}/v1/chat?x=%20`, { method: 'POST', headers: { 'x-fcn-caller': 'FORGED' }, body: 'hello' })
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({
      method: 'POST',
      url: '/v1/chat?x=%20',
      body: 'hello',
      headers: { 'x-fcn-caller': nodeA },
    })
  })

  it('knows a program of its own computer by the absence of a caller', async () => {
    const { own } = await start(echo)
    const answer = await send(own, { headers: { 'x-fcn-caller': 'FORGED' } })
    expect(JSON.parse(answer.text)).toMatchObject({
      url: '/',
      headers: expect.not.objectContaining({ 'x-fcn-caller': 'FORGED' }) as unknown,
    })
  })

  it('hears at once that the program at the far end has left', async () => {
    let held: ServerResponse | null = null
    const arrived = Promise.withResolvers<void>()
    const { ai } = await start((_request, response) => {
      held = response
      response.write('begun')
      arrived.resolve()
    })
    const abort = new AbortController()
    const asked = fetch(ai, { signal: abort.signal }).then((answer) => answer.text())
    await soon(arrived.promise)
    const gone = once(held as unknown as ServerResponse, 'close')
    abort.abort()
    await expect(asked).rejects.toThrow('aborted')
    await soon(gone)
  })

  it('is used by whoever asks it for something, and not by whoever looks which models there are', async () => {
    const told: { what: string }[] = []
    const { ai, b } = await start(echo, told)
    expect((await send(`${ai}/fcn/models`)).status).toBe(200)
    expect([b.users.of('ai'), told]).toEqual([[], []])
    expect((await send(`${ai}/v1/models`)).status).toBe(200)
    expect(b.users.of('ai')).toEqual([{ id: nodeA, name: 'desk' }])
    expect(told).toEqual([{ what: 'ai' }])
    await b.router.stop()
    expect(b.audit).toMatchObject([{ action: 'capability.used', actor: 'desk', details: { requests: 1 } }])
  })

  it('ends with the router', async () => {
    const arrived = Promise.withResolvers<void>()
    const { own, b } = await start((_request, response) => {
      response.write('begun')
      arrived.resolve()
    })
    const asked = send(own).catch((error: unknown) => error)
    await soon(arrived.promise)
    await soon(b.router.stop())
    expect(await soon(asked)).toBeInstanceOf(Error)
  })
})
