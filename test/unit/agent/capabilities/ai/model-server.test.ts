import { request } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { modelList } from '../../../../../electron/agent/protocol/model-list.ts'
import { failure } from '../../../../../electron/contract/failure.ts'
import { startFakeEngine } from '../../../../fakes/ai/fake-engine.ts'
import { startAiNode } from '../../../../fakes/ai-node.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { eventually } from '../../../../support/eventually.ts'

type FakeOptions = Parameters<typeof startFakeEngine>[0]

async function fake(options: FakeOptions = {}) {
  const engine = await startFakeEngine(options)
  onTestFinished(engine.stop)
  return engine
}

/** A node with one such engine. */
async function nodeWith(options: FakeOptions = {}) {
  const engine = await fake({ script: { words: ['Hello', ' there'] }, ...options })
  return { engine, node: await startAiNode({ engines: [engine.url] }) }
}

const messages = [{ role: 'user', content: 'Say hello to my secret garden.' }]
const chat = { model: 'tiny', messages }
const eventsIn = (text: string) =>
  text
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[]; error?: { message: string } })
const linesIn = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
const failureOf = async (answer: Response) => failure.parse(await answer.json())

describe('a request for a model', () => {
  it('passes to an engine of the same dialect as it is, and its answer back', async () => {
    const { engine, node } = await nodeWith()
    const answer = await node.ask('/v1/chat/completions', { ...chat, seed: 7, logit_bias: { 5: 1 } })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ object: 'chat.completion', choices: [{ message: { content: 'Hello there' } }] })
    expect(engine.asked[0]?.body).toEqual({ ...chat, seed: 7, logit_bias: { 5: 1 } })
    expect(answer.headers.get('x-fcn-tokens')).toBe('6 2')
  })

  it('is streamed, event by event', async () => {
    const { node } = await nodeWith()
    const answer = await node.ask('/v1/chat/completions', { ...chat, stream: true })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const text = await answer.text()
    expect(
      eventsIn(text)
        .map(({ choices }) => choices[0]?.delta.content ?? '')
        .join(''),
    ).toBe('Hello there')
    expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
  })

  it('says what it took: behind a stream, and before an answer in one piece', async () => {
    const { node } = await nodeWith()
    const body = JSON.stringify({ ...chat, stream: true })
    const { body: stream, trailers } = await request(`${node.url}/v1/chat/completions`, { method: 'POST', body })
    await stream.text()
    expect(trailers).toEqual({ 'x-fcn-tokens': '6 2' })
  })

  it('in a dialect that the engine lacks is translated there and back', async () => {
    const { engine, node } = await nodeWith({ kind: 'vllm' })
    const answer = await node.ask('/api/chat', { model: 'tiny', messages, stream: true })
    const lines = linesIn(await answer.text())
    expect(lines.map(({ message }) => (message as { content: string }).content).join('')).toBe('Hello there')
    expect(lines.at(-1)).toMatchObject({ done: true, done_reason: 'stop' })
    expect(engine.asked.map(({ path }) => path)).toEqual(['/v1/chat/completions'])
    const anthropic = await node.ask('/v1/messages', { model: 'tiny', max_tokens: 50, messages })
    expect(await anthropic.json()).toMatchObject({
      type: 'message',
      content: [{ type: 'text', text: 'Hello there' }],
      stop_reason: 'end_turn',
    })
  })

  it('reaches the engine of several that has the model', async () => {
    const [a, b] = [await fake({ models: [{ name: 'a' }] }), await fake({ kind: 'ollama', models: [{ name: 'b:latest' }] })]
    const node = await startAiNode({ engines: [a.url, b.url] })
    expect((await node.ask('/v1/chat/completions', { model: 'b', messages })).status).toBe(200)
    expect([a.asked.length, b.asked.length]).toEqual([0, 1])
  })

  it('shows the engine its key and where the request has been, and no header of the program’s', async () => {
    const engine = await fake({ key: 'sk-secret' })
    const node = await startAiNode()
    await node.engines.add({ url: engine.url, key: 'sk-secret' })
    const headers = { authorization: 'Bearer program', cookie: 'a=b', via: '1.1 fcn-NODE', 'x-request-id': 'r1' }
    expect((await node.ask('/v1/chat/completions', chat, { headers })).status).toBe(200)
    expect(engine.asked[0]?.headers).toMatchObject({ authorization: 'Bearer sk-secret', via: '1.1 fcn-NODE', 'x-request-id': 'r1' })
    expect(engine.asked[0]?.headers.cookie).toBeUndefined()
  })

  it('leaves no word of itself in the log', async () => {
    const { node } = await nodeWith({ script: { fault: { after: 1, as: 'cut' } } })
    await (await node.ask('/v1/chat/completions', { ...chat, stream: true })).text()
    await node.ask('/v1/chat/completions', '{"model": "tiny", "messages": "my secret garden"')
    expect(JSON.stringify(node.log.lines)).not.toContain('secret')
  })
})

describe('an engine that fails', () => {
  it('before its first token leaves no trace: the node refuses so that another may be asked', async () => {
    for (const as of ['error', 'cut', 'memory', 'busy'] as const) {
      const { node } = await nodeWith({ script: { fault: { after: 0, as } } })
      const answer = await node.ask('/v1/chat/completions', { ...chat, stream: true })
      expect(answer.headers.get('x-fcn-error')).toBe(as === 'busy' ? 'busy' : 'backend_failed')
      expect(answer.headers.get('x-fcn-executed')).toBeNull()
      expect(await failureOf(answer)).toMatchObject({ code: as === 'busy' ? 'busy' : 'backend_failed' })
    }
  })

  it('is replaced by another of this node that has the model', async () => {
    const [broken, well] = [await fake({ script: { fault: { after: 0, as: 'cut' } } }), await fake({ script: { words: ['Well'] } })]
    const node = await startAiNode({ engines: [broken.url, well.url] })
    expect(await (await node.ask('/v1/chat/completions', chat)).json()).toMatchObject({ choices: [{ message: { content: 'Well' } }] })
    expect(broken.asked).toHaveLength(1)
  })

  it('after its first token is told in the program’s dialect, and the answer ends', async () => {
    const script = { words: ['Hello', ' there', ' again'], pace: 50, fault: { after: 2, as: 'cut' } } as const
    const { node } = await nodeWith({ kind: 'ollama', script })
    const text = await (await node.ask('/v1/chat/completions', { ...chat, stream: true })).text()
    expect(eventsIn(text)[0]?.error).toBeUndefined()
    expect(eventsIn(text).at(-1)?.error?.message).toMatch(/\w/u)
    const lines = linesIn(await (await node.ask('/api/chat', chat)).text())
    expect(lines.at(-1)).toMatchObject({ error: expect.stringMatching(/\w/u) as unknown })
  })

  it('and hangs is given up in the end, before its first token and after it', async () => {
    const clock = createFakeClock()
    const ended = async (after: number) => {
      const engine = await fake({ script: { words: ['Hello', ' there'], fault: { after, as: 'hang' } } })
      const node = await startAiNode({ engines: [engine.url], clock })
      let text: string | null = null
      const asked = node.ask('/v1/chat/completions', { ...chat, stream: true }).then(async (answer) => (text = await answer.text()))
      await eventually('the engine hangs', () => engine.running() === 1)
      await eventually('it is given up', async () => {
        await clock.advance(10_000)
        return text !== null
      })
      await eventually('the engine has stopped', () => engine.running() === 0)
      return asked
    }
    expect(failure.parse(JSON.parse(await ended(0)))).toMatchObject({ code: 'timeout' })
    expect(eventsIn(await ended(1)).at(-1)?.error?.message).toContain('stopped working')
  })

  it('for want of memory is not asked first again, and other nodes hear that the model does not fit', async () => {
    const full = await fake({ kind: 'ollama', models: [{ name: 'tiny' }], script: { fault: { after: 0, as: 'memory' } } })
    const node = await startAiNode({ engines: [full.url] })
    await node.ask('/api/chat', chat)
    expect(node.engines.models().models).toMatchObject([{ name: 'tiny', fits: false }])
  })

  it('with an answer for the program, such as that a wish is wrong, has the last word', async () => {
    const { node } = await nodeWith()
    const answer = await node.ask('/v1/chat/completions', { model: 'tiny', messages: [] })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('x-fcn-error')).toBeNull()
    expect(await answer.json()).toMatchObject({ error: { message: "'messages' is required" } })
  })
})

describe('a program that leaves', () => {
  it('takes the engine’s work with it, before the first token and after it', async () => {
    for (const script of [{ firstAfter: 60_000 }, { words: Array.from({ length: 1_000 }, () => 'x'), pace: 20 }]) {
      const { engine, node } = await nodeWith({ script })
      const abort = new AbortController()
      const asked = node.ask('/v1/chat/completions', { ...chat, stream: true }, { signal: abort.signal }).then((answer) => answer.text())
      await eventually('the engine works', () => engine.running() === 1)
      abort.abort()
      await expect(asked).rejects.toThrow('aborted')
      await eventually('the engine has stopped', () => engine.running() === 0 && engine.abandoned() === 1)
      await eventually('nothing is left', () => node.engines.models().models[0]?.busy === 0)
    }
  })

  it('is told when the node stops, before its answer and in the middle of it', async () => {
    const { engine, node } = await nodeWith({ script: { firstAfter: 60_000 } })
    const waiting = node.ask('/v1/chat/completions', chat)
    await eventually('the engine works', () => engine.running() === 1)
    await node.server.stop()
    expect((await waiting).headers.get('x-fcn-error')).toBe('not_running')
    expect((await node.ask('/v1/chat/completions', chat)).headers.get('x-fcn-error')).toBe('not_running')
    await eventually('the engine has stopped', () => engine.running() === 0)
  })
})

describe('what is no request for a model', () => {
  it.each([
    ['GET', '/', undefined, 'not_found'],
    ['POST', '/api/pull', { model: 'x' }, 'not_found'],
    ['DELETE', '/api/delete', { model: 'tiny' }, 'not_found'],
    ['POST', '/v1/chat/completions', 'no json', 'invalid_input'],
    ['POST', '/v1/chat/completions', {}, 'invalid_input'],
    ['POST', '/v1/chat/completions', { model: 'other', messages }, 'not_found'],
  ])('%s %s %j is refused as %s', async (method, path, body, code) => {
    const { engine, node } = await nodeWith({ kind: 'ollama' })
    const answer = await node.ask(path, body, { method })
    expect(answer.headers.get('x-fcn-error')).toBe(code)
    expect(answer.headers.get('x-fcn-executed')).toBe('no')
    expect(await failureOf(answer)).toMatchObject({ code })
    expect(engine.asked).toEqual([])
  })

  it('is refused when it is too large, without being read', async () => {
    const { node } = await nodeWith()
    const answer = await node.ask('/v1/chat/completions', Buffer.alloc(33 * 1024 * 1024, ' ').toString())
    expect(answer.headers.get('x-fcn-error')).toBe('too_large')
  })
})

describe('the lists of models', () => {
  it('are told to other nodes with what each does and whether it is in memory', async () => {
    const { node } = await nodeWith({ kind: 'ollama' })
    await (await node.ask('/api/chat', chat)).text()
    const told = modelList.parse(await (await node.ask('/fcn/models', undefined, { caller: 'PEER' })).json())
    expect(told).toMatchObject({
      models: [{ name: 'tiny', engine: 'ollama', busy: 0, firstTokenMs: expect.any(Number) as unknown }],
      tokensLeft: null,
    })
  })

  it('are told to programs in all dialects', async () => {
    const { node } = await nodeWith({ kind: 'vllm' })
    expect(await (await node.ask('/v1/models')).json()).toMatchObject({ data: [{ id: 'tiny' }] })
    expect(await (await node.ask('/api/tags')).json()).toMatchObject({ models: [{ name: expect.stringContaining('tiny') as unknown }] })
    expect((await node.ask('/api/show', { model: 'tiny' })).status).toBe(200)
    expect(await (await node.ask('/api/version')).json()).toMatchObject({ version: expect.any(String) as unknown })
  })
})
