import { describe, expect, it, onTestFinished } from 'vitest'
import { modelList } from '../../../../../electron/agent/protocol/model-list.ts'
import { startFakeEngine } from '../../../../fakes/ai/fake-engine.ts'
import { startAiNode } from '../../../../fakes/ai-node.ts'
import { startBackend } from '../../../../fakes/backend.ts'
import { eventually } from '../../../../support/eventually.ts'

const messages = [{ role: 'user', content: 'one two three' }]

async function startNode(script: NonNullable<Parameters<typeof startFakeEngine>[0]>['script'] = { words: ['four', ' five'] }) {
  const engine = await startFakeEngine({ models: [{ name: 'open' }, { name: 'mine' }], script })
  onTestFinished(engine.stop)
  const node = await startAiNode({ engines: [engine.url] })
  const chat = (model: string, caller?: string) =>
    node.ask('/v1/chat/completions', { model, messages }, caller === undefined ? {} : { caller })
  const listFor = async (caller: string) => modelList.parse(await (await node.ask('/fcn/models', undefined, { caller })).json())
  return { engine, node, chat, listFor }
}

describe('a peer', () => {
  it('neither sees nor uses a model that is not shared with it', async () => {
    const { engine, node, chat, listFor } = await startNode()
    node.engines.setTerms({ models: { open: 'all', mine: ['FRIEND'] } })
    expect((await listFor('PEER')).models.map(({ name }) => name)).toEqual(['open'])
    expect((await listFor('FRIEND')).models.map(({ name }) => name)).toEqual(['open', 'mine'])
    expect((await chat('mine', 'PEER')).headers.get('x-fcn-error')).toBe('not_granted')
    expect(engine.asked).toEqual([])
    expect((await chat('mine', 'FRIEND')).status).toBe(200)
    expect((await chat('mine')).status).toBe(200)
  })

  it('has its tokens of the day and no more, and hears when there are some again', async () => {
    const { node, chat, listFor } = await startNode()
    node.engines.setTerms({ tokensPerPeerAndDay: 8 })
    expect((await listFor('PEER')).tokensLeft).toBe(8)
    await (await chat('open', 'PEER')).text()
    await eventually('it is counted', async () => (await listFor('PEER')).tokensLeft === 3)
    await (await chat('open', 'PEER')).text()
    await eventually('it is counted', async () => (await listFor('PEER')).tokensLeft === 0)
    const refused = await chat('open', 'PEER')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('x-fcn-error')).toBe('too_many')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await chat('open', 'OTHER')).status).toBe(200)
    expect((await chat('open')).status).toBe(200)
  })

  it('is counted, program’s own requests are not', async () => {
    const { node, chat } = await startNode()
    await (await chat('open')).text()
    await (await chat('open', 'PEER')).text()
    await eventually('it is counted', () => node.usage.today().length === 1)
    expect(node.usage.today()).toEqual([{ peer: { id: 'PEER', name: 'mia' }, direction: 'served', requests: 1, tokensIn: 3, tokensOut: 2 }])
  })

  it('is counted for what it had when it leaves before the end', async () => {
    const { engine, node } = await startNode({ words: Array.from({ length: 1_000 }, () => 'x'), pace: 10 })
    const abort = new AbortController()
    const answer = await node.ask(
      '/v1/chat/completions',
      { model: 'open', messages, stream: true },
      { caller: 'PEER', signal: abort.signal },
    )
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
    await reader.read()
    await reader.read()
    abort.abort()
    await eventually('the engine has stopped', () => engine.running() === 0)
    await eventually('it is counted', () => node.usage.today().length === 1)
    const [use] = node.usage.today()
    expect(use?.tokensOut).toBeGreaterThan(0)
    expect(use?.tokensIn).toBeGreaterThan(0)
  })
})

describe('programs of the owner’s computer', () => {
  it('use its engines whether the capability is on or off, peers do not', async () => {
    const { node } = await startNode()
    const own = await startBackend(node.engines.serve)
    onTestFinished(own.stop)
    await node.server.stop()
    const body = JSON.stringify({ model: 'open', messages })
    expect((await fetch(`${own.url}/v1/chat/completions`, { method: 'POST', body })).status).toBe(200)
    expect((await node.ask('/v1/chat/completions', body, { caller: 'PEER' })).headers.get('x-fcn-error')).toBe('not_running')
  })
})
