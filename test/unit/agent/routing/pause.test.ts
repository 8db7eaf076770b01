import { EventEmitter, once } from 'node:events'
import { type IncomingMessage, request as httpRequest, type RequestListener, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RouteLog } from '../../../../electron/agent/components.ts'
import { defaultLimits } from '../../../../electron/contract/routing.ts'
import { startBackend } from '../../../fakes/backend.ts'
import { createDirectTransport } from '../../../fakes/direct-transport.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { echo, send } from '../../../fakes/household.ts'
import { callingAs, member, meshId, nodeA, nodeB, nodeC, service, startRouterNode } from '../../../fakes/router-node.ts'
import { soon } from '../../../support/soon.ts'

/** B and C offer `ai` and the service `box` to A, B first. */
async function startMesh(listener: RequestListener, limits = defaultLimits) {
  const urls = new Map<string, string>()
  const transport = createDirectTransport(urls)
  const clock = createFakeClock()
  /** Emits `request` for each one that has come to B or C. */
  const arrived = new EventEmitter()
  const routeLog: Pick<RouteLog, 'open'> = {
    open() {
      arrived.emit('request')
      return { sentTo: () => undefined, carriedBy: () => undefined, answered: () => undefined, ended: () => undefined }
    },
  }
  const open = async (id: string, name: string, program: RequestListener) => {
    const backend = await startBackend(program)
    const node = await startRouterNode({
      ...{ id, name, transport, peers: [nodeA], members: [member(nodeA, 'desk')], limits, clock, routeLog },
      ...{ backends: { ai: backend.url }, services: [service('box', backend.url)] },
    })
    urls.set(id, node.peerUrl)
    for (const stop of [backend.stop, node.stop]) onTestFinished(stop)
    return node
  }
  const b = await open(nodeB, 'mini', listener)
  await open(nodeC, 'nas', (_request, response) => void response.end('from nas'))
  const offers = {
    capabilities: [{ name: 'ai', state: 'ready' as const }],
    services: [{ id: 'box', name: 'box', status: 'active' as const }],
  }
  const a = await startRouterNode({
    ...{ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport) },
    ...{ members: [member(nodeB, 'mini', offers), member(nodeC, 'nas', offers)], rules: { ai: { preferredNodes: [nodeB, nodeC] } } },
  })
  for (const stop of [a.stop, () => transport.stop()]) onTestFinished(stop)
  const asDesk = (thing: string) => send(`${b.peerUrl}/peer/v1/${thing}/`, { headers: { 'x-test-caller': nodeA } })
  return { a, b, clock, arrived, ai: `${a.url}/capabilities/any/ai/`, peerAi: () => asDesk(`capabilities/${meshId}/ai`), asDesk }
}

const failureIn = ({ text: body }: { text: string }) => JSON.parse(body) as { code: string; message: string }

describe('a node that has paused', () => {
  it('refuses peers with the reason of none, and says when to come again', async () => {
    const { b, clock, peerAi, asDesk } = await startMesh(echo)
    b.sharing.put('ai', { why: 'in_use', until: null })
    const refused = await peerAi()
    expect([refused.status, refused.headers['x-fcn-error'], refused.headers['x-fcn-executed'], refused.headers['retry-after']]).toEqual([
      503,
      'paused',
      'no',
      undefined,
    ])
    expect(failureIn(refused)).toEqual({
      code: 'paused',
      message: '“mini” does not share ai for the time being.',
      action: 'Ask another node, or this one again later.',
      details: {},
    })
    expect((await asDesk(`services/${meshId}/box`)).status).toBe(200)
    b.sharing.put('services', { why: 'person', until: clock.now() + 90_500 })
    const service = await asDesk(`services/${meshId}/box`)
    expect([service.status, failureIn(service).code, service.headers['retry-after']]).toEqual([503, 'paused', '91'])
    b.sharing.put('ai', null)
    expect((await peerAi()).status).toBe(200)
  })

  it('is passed over: the next one is asked with the same request, whatever its method', async () => {
    const { b, ai } = await startMesh(echo)
    b.sharing.put('ai', { why: 'person', until: null })
    expect(await send(ai, { method: 'POST', body: 'x'.repeat(100_000) })).toMatchObject({ status: 200, text: 'from nas' })
    b.sharing.put('ai', null)
    expect(failureIn(await send(ai))).not.toHaveProperty('code')
  })

  it('refuses nothing to the programs of its own machine', async () => {
    const { b } = await startMesh(echo)
    for (const shared of ['ai', 'services'] as const) b.sharing.put(shared, { why: 'person', until: null })
    expect((await send(`${b.url}/capabilities/any/ai/`)).status).toBe(200)
    expect((await send(`${b.url}/services/any/any/box/`)).status).toBe(200)
  })

  it('ends what is under way as it would have ended, and refuses who waited for a place', async () => {
    const answers: ServerResponse[] = []
    const program: RequestListener = (_request, response) => {
      answers.push(response)
      response.write('half ')
    }
    const { b, arrived, peerAi } = await startMesh(program, { ...defaultLimits, concurrent: 1, concurrentPerPeer: 1 })
    const first = httpRequest(`${b.peerUrl}/peer/v1/capabilities/${meshId}/ai/`, {
      headers: { 'x-test-caller': nodeA },
      agent: false,
    }).end()
    const [head] = (await soon(once(first, 'response'))) as [IncomingMessage]
    const another = soon(once(arrived, 'request'))
    const waiting = peerAi()
    await another
    b.sharing.put('ai', { why: 'person', until: null })
    answers[0]?.end('whole')
    expect(await soon(text(head))).toBe('half whole')
    expect(failureIn(await soon(waiting))).toMatchObject({ code: 'paused' })
    expect(answers).toHaveLength(1)
  })

  it('writes down what it refused, and for whom', async () => {
    const { b, peerAi } = await startMesh(echo)
    b.sharing.put('ai', { why: 'person', until: null })
    for (let count = 0; count < 3; count++) await peerAi()
    await b.stop()
    expect(b.audit).toMatchObject([
      { action: 'capability.used', actor: 'desk', outcome: 'refused', details: { requests: 3, code: 'paused' } },
    ])
  })
})
