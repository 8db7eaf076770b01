import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerPipe } from '../../../../electron/agent/dialects/dialect.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { engineStream, engineStreams } from '../../../fixtures/engine-streams.ts'
import { cutAt, eventsIn, exchangeOf, linesIn, readStream } from '../../../support/dialects.ts'

const chat = { model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true }
const withUsage = { ...chat, stream_options: { include_usage: true } }

const passed = (operation: Parameters<typeof exchangeOf>[0], body: unknown) => exchangeOf(operation, body, [operation]).createPipe()

/** Everything that a pipe gives. */
const through = (pipe: AnswerPipe, pieces: readonly Uint8Array[]) => Buffer.concat([...pieces.map((piece) => pipe.push(piece)), pipe.end()])

const lost = new FcnError('backend_failed', 'The engine has gone.')
const delta = (content: string) => Buffer.from(`data: {"choices":[{"delta":{"content":"${content}"}}]}\n\n`)

describe('a request that the engine understands', () => {
  it('goes on as it came, to the byte', () => {
    const { request, isPassedThrough } = exchangeOf('openai.chat', { ...withUsage, odd: { future: [1.5] } }, ['openai.chat'], 'm')
    expect(isPassedThrough).toBe(true)
    expect(request?.path).toBe('/v1/chat/completions')
    expect(request?.body.toString()).toBe(JSON.stringify({ ...withUsage, odd: { future: [1.5] } }))
  })

  it('has the engine’s name of the model, and is otherwise the same', () => {
    const { request } = exchangeOf('ollama.chat', { ...chat, mirostat: 2, keep_alive: '5m' }, ['ollama.chat'])
    expect(JSON.parse(request?.body.toString() ?? '')).toEqual({ ...chat, mirostat: 2, keep_alive: '5m', model: 'engine-model' })
  })

  it('asks for the usage, so that it can be counted', () => {
    const { request } = exchangeOf('openai.chat', { ...chat, stream_options: { include_obfuscation: false } }, ['openai.chat'])
    expect(JSON.parse(request?.body.toString() ?? '')).toMatchObject({
      stream_options: { include_obfuscation: false, include_usage: true },
    })
    expect(exchangeOf('openai.chat', { ...chat, stream: false }, ['openai.chat'], 'm').request?.body.toString()).not.toContain(
      'include_usage',
    )
  })

  it('streams as its dialect does: Ollama’s calls unless told not to, vectors never', () => {
    const messages = chat.messages
    expect(exchangeOf('ollama.chat', { model: 'm', messages }, ['ollama.chat']).request?.stream).toBe(true)
    expect(exchangeOf('ollama.chat', { model: 'm', messages, stream: false }, ['ollama.chat']).request?.stream).toBe(false)
    expect(exchangeOf('openai.chat', { model: 'm', messages }, ['openai.chat']).request?.stream).toBe(false)
    expect(exchangeOf('openai.embed', { model: 'm', input: 'x', stream: true }, ['openai.embed']).request?.stream).toBe(false)
  })
})

describe('a streamed answer that is passed through', () => {
  it.each(engineStreams)('is the same to the byte, and watched as if it were read: $name', ({ operation, text }) => {
    const bytes = Buffer.from(text)
    const end = readStream(operation, [bytes]).at(-1)
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 30 }), (places) => {
        const pipe = passed(operation, withUsage)
        expect(through(pipe, cutAt(bytes, places)).toString()).toBe(text)
        expect(pipe.facts).toMatchObject({ hasBegun: true, failure: null, end: end?.type === 'end' && end.reason })
        expect(pipe.facts.usage).toEqual(end?.type === 'end' && end.usage)
        expect(pipe.facts.pieces).toBeGreaterThan(0)
      }),
      { numRuns: 50 },
    )
  })

  it('comes in whole lines: some clients cannot join a letter that was cut', () => {
    const pipe = passed('ollama.chat', chat)
    const given = [...engineStream('Ollama, thoughts')].map((byte) => pipe.push(Uint8Array.of(byte)).toString())
    expect(given.filter((piece) => piece !== '' && !piece.endsWith('\n'))).toEqual([])
  })

  it('does not have the usage that the program did not ask for', () => {
    const pipe = passed('openai.chat', chat)
    const text = through(pipe, [engineStream('llama.cpp')]).toString()
    expect(text).not.toContain('"usage"')
    expect(text).toContain('"finish_reason":"stop"')
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true)
    expect(pipe.facts.usage).toEqual({ input: 12, output: 5, cached: 4 })
  })

  it('gives nothing out before the first token', () => {
    const pipe = passed('openai.chat', chat)
    const role = Buffer.from('data: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n')
    expect(pipe.push(Buffer.from(': waiting\n\n'))).toHaveLength(0)
    expect(pipe.push(role)).toHaveLength(0)
    expect(pipe.facts.hasBegun).toBe(false)
    const first = pipe.push(delta('a')).toString()
    expect(first).toBe(`: waiting\n\n${role.toString()}${delta('a').toString()}`)
    expect(pipe.facts.hasBegun).toBe(true)
  })

  it('that fails before it begins leaves nothing behind', () => {
    const pipe = passed('openai.chat', chat)
    expect(through(pipe, [Buffer.from('data: {"error":{"message":"out of memory"}}\n\n')])).toHaveLength(0)
    expect(pipe.facts).toMatchObject({ hasBegun: false, failure: { code: 'backend_failed', details: { reason: 'no_memory' } } })
    const silent = passed('ollama.chat', chat)
    expect(silent.end()).toHaveLength(0)
    expect(silent.facts.failure?.code).toBe('backend_failed')
  })

  it('that fails in its middle says what the engine says, once', () => {
    const pipe = passed('ollama.chat', chat)
    const text = through(pipe, [Buffer.from('{"message":{"content":"a"}}\n{"error":"lost"}\n{"message":{"content":"b"}}\n')]).toString()
    expect(linesIn(text)).toEqual([{ message: { content: 'a' } }, { error: 'lost' }])
    expect(pipe.facts.failure?.message).toBe('The engine failed: lost.')
    expect(pipe.fail(lost)).toHaveLength(0)
  })

  it('that breaks off ends with an error in the program’s dialect', () => {
    const chatPipe = passed('openai.chat', chat)
    expect(eventsIn(through(chatPipe, [delta('a')]).toString()).at(-1)).toMatchObject({
      error: { type: 'server_error', code: 'backend_failed' },
    })
    const cut = passed('anthropic.messages', chat)
    const start = engineStream('Anthropic').subarray(0, 600)
    expect(through(cut, [start]).toString()).toContain('event: error\ndata: {"type":"error","error":{"type":"api_error"')
  })

  it('is failed from outside once, and not when it is whole', () => {
    const pipe = passed('openai.chat', chat)
    pipe.push(delta('a'))
    expect(eventsIn(pipe.fail(lost).toString())).toMatchObject([{ error: { message: 'The engine has gone.' } }])
    expect(pipe.fail(lost)).toHaveLength(0)
    expect(pipe.push(delta('b'))).toHaveLength(0)
    expect(pipe.end()).toHaveLength(0)
    const whole = passed('openai.chat', chat)
    through(whole, [engineStream('llama.cpp')])
    expect(whole.fail(lost)).toHaveLength(0)
    expect(whole.facts.failure).toBeNull()
  })

  it('is empty and whole when the model says nothing', () => {
    const pipe = passed('openai.chat', chat)
    const text = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n'
    expect(through(pipe, [Buffer.from(text)]).toString()).toBe(text)
    expect(pipe.facts).toMatchObject({ hasBegun: true, end: 'stop', failure: null })
  })

  it('is given up when it never begins, or a piece has no end', () => {
    const pipe = passed('openai.chat', chat)
    for (let count = 0; count < 2_000 && pipe.facts.failure === null; count++) pipe.push(Buffer.from(`: ${'x'.repeat(1000)}\n\n`))
    expect(pipe.facts).toMatchObject({ hasBegun: false, failure: { code: 'bad_answer' } })
    const endless = passed('ollama.chat', chat)
    for (let count = 0; count < 200 && endless.facts.failure === null; count++) endless.push(Buffer.alloc(64 * 1024, 'x'))
    expect(endless.facts.failure?.code).toBe('bad_answer')
  })

  it('may have pieces that nobody here understands', () => {
    const pipe = passed('openai.chat', withUsage)
    const odd = 'data: {"choices":"none of ours"}\n\ndata: not even JSON\n\n'
    const text = `${odd}${engineStream('llama.cpp').toString()}`
    expect(through(pipe, [Buffer.from(text)]).toString()).toBe(text)
    expect(pipe.facts.failure).toBeNull()
  })

  it('of responses is watched to its end', () => {
    const text = [
      'event: response.created\ndata: {"type":"response.created","response":{"status":"in_progress","usage":null}}\n\n',
      'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"Hi"}\n\n',
      'event: response.completed\ndata: {"type":"response.completed","response":{"status":"completed","usage":{"input_tokens":3,"output_tokens":1}}}\n\n',
    ].join('')
    const pipe = passed('openai.responses', { model: 'm', input: 'hi', stream: true })
    expect(through(pipe, [Buffer.from(text)]).toString()).toBe(text)
    expect(pipe.facts).toMatchObject({ end: 'stop', usage: { input: 3, output: 1 }, pieces: 1 })
  })
})

describe('a whole answer that is passed through', () => {
  const answer = {
    choices: [{ message: { content: 'Hi', odd: 1 }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 2 },
  }
  const body = { ...chat, stream: false }

  it('is the same to the byte, and given out when it is whole', () => {
    const pipe = passed('openai.chat', body)
    const text = JSON.stringify(answer, null, 2)
    expect(pipe.push(Buffer.from(text.slice(0, 20)))).toHaveLength(0)
    expect(pipe.facts.hasBegun).toBe(false)
    expect(Buffer.concat([pipe.push(Buffer.from(text.slice(20))), pipe.end()]).toString()).toBe(text)
    expect(pipe.facts).toMatchObject({ hasBegun: true, end: 'stop', usage: { input: 1, output: 2 } })
    expect(pipe.contentType).toBe('application/json; charset=utf-8')
  })

  it('that is none leaves nothing behind', () => {
    for (const text of ['', '<html>', '{"choices":[]}', '{"choices":[{"message":{"content":"x"}}']) {
      const pipe = passed('openai.chat', body)
      expect(through(pipe, [Buffer.from(text)])).toHaveLength(0)
      expect(pipe.facts).toMatchObject({ hasBegun: false, failure: { code: 'bad_answer' } })
    }
  })

  it('has vectors as base64 when that was asked for, whatever the engine sends', () => {
    const pipe = passed('openai.embed', { model: 'm', input: 'x', encoding_format: 'base64' })
    const numbers = {
      object: 'list',
      model: 'e',
      data: [{ object: 'embedding', index: 0, embedding: [0.5, -2] }],
      usage: { prompt_tokens: 1 },
    }
    const mended = JSON.parse(through(pipe, [Buffer.from(JSON.stringify(numbers))]).toString()) as typeof numbers
    expect(mended).toEqual({ ...numbers, data: [{ object: 'embedding', index: 0, embedding: 'AAAAPwAAAMA=' }] })
  })
})
