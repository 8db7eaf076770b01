import { describe, expect, it } from 'vitest'
import type { WorkOperation } from '../../../../electron/agent/dialects/dialect.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { engineStream } from '../../../fixtures/engine-streams.ts'
import { eventsIn, exchangeOf, linesIn } from '../../../support/dialects.ts'

const messages = [{ role: 'user', content: 'hi' }]
const ollama: WorkOperation[] = ['ollama.chat', 'ollama.generate', 'ollama.embed', 'openai.chat', 'openai.completion', 'openai.embed']
const llamaCpp: WorkOperation[] = ['openai.chat', 'openai.completion', 'openai.embed']

const asked = (exchange: ReturnType<typeof exchangeOf>): Record<string, unknown> => JSON.parse(exchange.request?.body.toString() ?? 'null')
const answered = (exchange: ReturnType<typeof exchangeOf>, bytes: Uint8Array) => {
  const pipe = exchange.createPipe()
  return { text: Buffer.concat([pipe.push(bytes), pipe.end()]).toString(), facts: pipe.facts, contentType: pipe.contentType }
}

describe('a request to an engine of another dialect', () => {
  it('asks Ollama in its own words rather than in OpenAI’s', () => {
    const exchange = exchangeOf('anthropic.messages', { model: 'm', messages, max_tokens: 5 }, ollama)
    expect(exchange.isPassedThrough).toBe(false)
    expect(exchange.request).toMatchObject({ operation: 'ollama.chat', path: '/api/chat', stream: false })
    expect(asked(exchange)).toEqual({
      model: 'engine-model',
      messages: [{ role: 'user', content: 'hi' }],
      stream: false,
      options: { num_predict: 5 },
    })
  })

  it('asks in the next words that can say it', () => {
    const tools = [{ name: 'find', input_schema: { type: 'object' } }]
    const exchange = exchangeOf('anthropic.messages', { model: 'm', messages, tools, tool_choice: { type: 'any' } }, ollama)
    expect(exchange.request?.operation).toBe('openai.chat')
    expect(asked(exchange)).toMatchObject({ tool_choice: 'required' })
  })

  it('is refused when none can say it, with what cannot be said', () => {
    const tools = [{ name: 'find', input_schema: { type: 'object' } }]
    const only = () => exchangeOf('anthropic.messages', { model: 'm', messages, tools, tool_choice: { type: 'any' } }, ['ollama.chat'])
    expect(only).toThrow(expect.objectContaining({ code: 'invalid_input', details: { untranslatable: true } }))
    expect(only).toThrow(/tool_choice/u)
    expect(() => exchangeOf('openai.embed', { model: 'm', input: 'x' }, ['anthropic.messages'])).toThrow(
      /^Vectors of texts cannot be asked/u,
    )
    expect(() => exchangeOf('anthropic.count', { model: 'm', messages }, llamaCpp)).toThrow(/^A count of tokens/u)
  })

  it('only to load a model is answered at once where there is no such call', () => {
    const exchange = exchangeOf('ollama.generate', { model: 'm', keep_alive: -1 }, llamaCpp)
    expect(exchange.request).toBeNull()
    const pipe = exchange.createPipe()
    expect(linesIn(pipe.end().toString())).toMatchObject([{ model: 'm', response: '', done: true, done_reason: 'load' }])
    expect(asked(exchangeOf('ollama.chat', { model: 'm', messages: [], keep_alive: 0 }, ['ollama.generate']))).toMatchObject({
      keep_alive: 0,
    })
  })
})

describe('an answer from an engine of another dialect', () => {
  const stream = { model: 'fast', messages, stream: true }

  it('is a stream of the program’s dialect: Ollama’s engine, Anthropic’s program', () => {
    const { text, facts, contentType } = answered(
      exchangeOf('anthropic.messages', stream, ['ollama.chat']),
      engineStream('Ollama, thoughts'),
    )
    expect(contentType).toBe('text/event-stream; charset=utf-8')
    expect(eventsIn(text).map((event) => (event as { type: string }).type)).toEqual([
      'message_start',
      ...['content_block_start', 'content_block_delta', 'content_block_stop'],
      ...['content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop'],
      ...['content_block_start', 'content_block_delta', 'content_block_stop'],
      ...['message_delta', 'message_stop'],
    ])
    expect(eventsIn(text)[0]).toMatchObject({
      message: { id: expect.stringMatching(/^msg_id\d$/u), model: 'fast', role: 'assistant', content: [] },
    })
    expect(eventsIn(text).at(-2)).toEqual({
      type: 'message_delta',
      delta: { stop_reason: 'tool_use', stop_sequence: null },
      usage: { input_tokens: 9, output_tokens: 7 },
    })
    expect(facts).toMatchObject({ end: 'tools', usage: { input: 9, output: 7 }, failure: null })
  })

  it('is a stream of the program’s dialect: OpenAI’s engine with calls side by side, Ollama’s program', () => {
    const { text } = answered(exchangeOf('ollama.chat', stream, ['openai.chat']), engineStream('vLLM'))
    const calls = linesIn(text).flatMap((line) => (line as { message: { tool_calls?: unknown[] } }).message.tool_calls ?? [])
    expect(calls).toEqual([
      { id: 'call_a', function: { index: 0, name: 'weather', arguments: { city: 'Ulm' } } },
      { id: 'call_b', function: { index: 1, name: 'weather', arguments: { city: 'Köln' } } },
    ])
    expect(linesIn(text).at(-1)).toMatchObject({ model: 'fast', done: true, done_reason: 'stop' })
  })

  it('has one tool call only when the program wants one only', () => {
    const { text } = answered(
      exchangeOf('anthropic.messages', { ...stream, tool_choice: { type: 'auto', disable_parallel_tool_use: true } }, ['openai.chat']),
      engineStream('vLLM'),
    )
    expect(text).toContain('Ulm')
    expect(text).not.toContain('Köln')
  })

  it('tells the usage when the program asked for it, and says nothing of what was not counted', () => {
    const wants = { ...stream, stream_options: { include_usage: true } }
    const counted = answered(exchangeOf('openai.chat', wants, ['ollama.chat']), engineStream('Ollama, thoughts')).text
    expect(eventsIn(counted).at(-2)).toMatchObject({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 7, total_tokens: 16 } })
    expect(answered(exchangeOf('openai.chat', stream, ['ollama.chat']), engineStream('Ollama, thoughts')).text).not.toContain('usage')
    const uncounted = Buffer.from('{"message":{"content":"a"},"done":true}\n')
    expect(answered(exchangeOf('openai.chat', wants, ['ollama.chat']), uncounted).text).not.toContain('prompt_tokens')
  })

  it('that fails before it begins leaves nothing behind, later an error in the program’s dialect', () => {
    const failing = exchangeOf('openai.chat', stream, ['ollama.chat'])
    const early = answered(failing, Buffer.from('{"error":"model requires more system memory (9 GiB) than is available (4 GiB)"}\n'))
    expect(early).toMatchObject({ text: '', facts: { hasBegun: false, failure: { details: { reason: 'no_memory' } } } })
    const late = answered(failing, Buffer.from('{"message":{"content":"a"}}\n{"error":"lost"}\n'))
    expect(eventsIn(late.text).at(-1)).toMatchObject({ error: { message: 'The engine failed: lost.', type: 'server_error' } })
    const broken = answered(
      exchangeOf('ollama.chat', stream, ['openai.chat']),
      Buffer.from('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'),
    )
    expect(linesIn(broken.text).at(-1)).toEqual({ error: 'The engine broke its answer off in the middle.' })
    const pipe = exchangeOf('anthropic.messages', stream, ['openai.chat']).createPipe()
    pipe.push(Buffer.from('data: {"choices":[{"delta":{"content":"a"}}]}\n\n'))
    const last = pipe.fail(new FcnError('busy', 'The node is stopping.')).toString()
    expect(last).toBe('event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"The node is stopping."}}\n\n')
    expect(pipe.end()).toHaveLength(0)
  })

  it('whose arguments are no JSON is a failure where the program’s dialect has objects only', () => {
    const call = { index: 0, id: 'c', function: { name: 'f', arguments: '{"a":' } }
    const whole = { choices: [{ message: { content: null, tool_calls: [call] }, finish_reason: 'tool_calls' }] }
    const { text, facts } = answered(
      exchangeOf('anthropic.messages', { ...stream, stream: false }, ['openai.chat']),
      Buffer.from(JSON.stringify(whole)),
    )
    expect(text).toBe('')
    expect(facts).toMatchObject({ hasBegun: false, failure: { code: 'bad_answer' } })
  })

  it('of vectors has the encoding that the program wants', () => {
    const vectors = Buffer.from(
      JSON.stringify({
        embeddings: [
          [0.5, -2],
          [1, 0],
        ],
        prompt_eval_count: 4,
      }),
    )
    const base64 = answered(
      exchangeOf('openai.embed', { model: 'm', input: ['a', 'b'], encoding_format: 'base64' }, ['ollama.embed']),
      vectors,
    )
    expect(JSON.parse(base64.text)).toEqual({
      object: 'list',
      model: 'm',
      data: [
        { object: 'embedding', index: 0, embedding: 'AAAAPwAAAMA=' },
        { object: 'embedding', index: 1, embedding: 'AACAPwAAAAA=' },
      ],
      usage: { prompt_tokens: 4, total_tokens: 4 },
    })
    const openAi = Buffer.from(
      JSON.stringify({
        data: [
          { index: 1, embedding: 'AACAPwAAAAA=' },
          { index: 0, embedding: [0.5, -2] },
        ],
      }),
    )
    const older = answered(exchangeOf('ollama.embeddings', { model: 'm', prompt: 'a' }, ['openai.embed']), openAi)
    expect(JSON.parse(older.text)).toEqual({ embedding: [0.5, -2] })
    const newer = answered(exchangeOf('ollama.embed', { model: 'm', input: ['a', 'b'] }, ['openai.embed']), openAi)
    expect(JSON.parse(newer.text)).toMatchObject({
      model: 'm',
      embeddings: [
        [0.5, -2],
        [1, 0],
      ],
    })
  })
})
