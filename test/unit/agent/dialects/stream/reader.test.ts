import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forms } from '../../../../../electron/agent/dialects/forms.ts'
import { largestEvent } from '../../../../../electron/agent/dialects/limits.ts'
import { createStreamReader } from '../../../../../electron/agent/dialects/stream/reader.ts'
import { engineStream, engineStreams } from '../../../../fixtures/engine-streams.ts'
import { cutAt, readDocument, readStream, testContext } from '../../../../support/dialects.ts'

describe('a streamed answer', () => {
  it.each(engineStreams)('means the same wherever it is cut: $name', ({ operation, text }) => {
    const bytes = Buffer.from(text)
    const whole = readStream(operation, [bytes])
    expect(whole.at(-1)?.type).toBe('end')
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 40 }), (places) => {
        expect(readStream(operation, cutAt(bytes, places))).toEqual(whole)
      }),
      { numRuns: 60 },
    )
    expect(
      readStream(
        operation,
        [...bytes].map((byte) => Uint8Array.of(byte)),
      ),
    ).toEqual(whole)
  })

  it.each(engineStreams)('ends exactly once, with an error when it breaks off: $name', ({ operation, text }) => {
    const bytes = Buffer.from(text)
    for (let length = 0; length < bytes.length; length += 7) {
      const events = readStream(operation, [bytes.subarray(0, length)])
      const ends = events.filter(({ type }) => type === 'end' || type === 'error')
      expect(ends).toHaveLength(1)
      expect(events.at(-1)).toBe(ends[0])
    }
    const broken = readStream(operation, [bytes.subarray(0, Math.floor(bytes.length / 2))]).at(-1)
    expect(broken).toMatchObject({ type: 'error', error: { code: expect.stringMatching(/^(?:backend_failed|bad_answer)$/u) } })
  })

  it('never throws and ends exactly once, whatever an engine sends', () => {
    const operations = Object.keys(forms) as (keyof typeof forms)[]
    const scraps = fc.oneof(
      fc.json({ maxDepth: 4 }).map((json) => `data: ${json}\n\n`),
      fc.json({ maxDepth: 4 }).map((json) => `${json}\n`),
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'data: [DONE]\n\n',
        '\n',
        'data:\n\n',
        'event: x\n\n',
        '{"choices":[{"delta":{"tool_calls":[{}]}}]}\n',
        '{"message":{"tool_calls":[{"function":{}}]}}\n',
      ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...operations), fc.array(scraps, { maxLength: 20 }), (operation, texts) => {
        const events = readStream(
          operation,
          texts.map((text) => Buffer.from(text)),
        )
        expect(events.filter(({ type }) => type === 'end' || type === 'error')).toHaveLength(1)
        const document = readDocument(operation, texts)
        expect(document.filter(({ type }) => type === 'end' || type === 'error')).toHaveLength(1)
      }),
      { numRuns: 300 },
    )
  })

  it('is given up when a piece of it has no end', () => {
    const reader = createStreamReader('events', forms['openai.chat'].createAnswer(testContext()))
    const piece = Buffer.alloc(64 * 1024, 'x')
    let events = reader.push(piece)
    for (let size = piece.length; events.length === 0 && size < 2 * largestEvent; size += piece.length) events = reader.push(piece)
    expect(events).toMatchObject([{ type: 'error', error: { code: 'bad_answer' } }])
    expect(reader.push(piece)).toEqual([])
    expect(reader.end()).toEqual([])
  })

  it('is given up when an event has lines without end', () => {
    const reader = createStreamReader('events', forms['openai.chat'].createAnswer(testContext()))
    const line = Buffer.from(`data: ${'x'.repeat(64 * 1024)}\n`)
    let events = reader.push(line)
    for (let size = line.length; events.length === 0 && size < 2 * largestEvent; size += line.length) events = reader.push(line)
    expect(events).toMatchObject([{ type: 'error', error: { code: 'bad_answer' } }])
  })

  it('says what the engine said when it fails in the middle', () => {
    const failing = Buffer.from(
      'data: {"choices":[{"delta":{"content":"a"}}]}\n\ndata: {"error":{"message":"slot lost","code":500}}\n\ndata: [DONE]\n\n',
    )
    expect(readStream('openai.chat', [failing])).toMatchObject([
      { type: 'text', text: 'a' },
      { type: 'error', error: { code: 'backend_failed', message: 'The engine failed: slot lost.' } },
    ])
    expect(readStream('ollama.chat', [Buffer.from('{"error":"an error was encountered while running the model"}\n')])).toMatchObject([
      { type: 'error', error: { code: 'backend_failed' } },
    ])
    const anthropic = Buffer.from('event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n')
    expect(readStream('anthropic.messages', [anthropic])).toMatchObject([
      { type: 'error', error: { message: 'The engine failed: Overloaded.' } },
    ])
  })

  it('counts what the engine counts, and tells its times', () => {
    expect(readStream('openai.chat', [engineStream('llama.cpp')]).at(-1)).toEqual({
      ...{ type: 'end', reason: 'stop', stopText: null },
      usage: { input: 12, output: 5, cached: 4 },
      timing: { load: null, prompt: 20.5, generation: 80 },
    })
    expect(readStream('ollama.chat', [engineStream('Ollama, thoughts')]).at(-1)).toEqual({
      ...{ type: 'end', reason: 'tools', stopText: null },
      usage: { input: 9, output: 7, cached: null },
      timing: { load: 5, prompt: 30, generation: 90 },
    })
    expect(readStream('anthropic.messages', [engineStream('Anthropic')]).at(-1)).toEqual({
      ...{ type: 'end', reason: 'tools', stopText: null },
      usage: { input: 13, output: 21, cached: 3 },
      timing: null,
    })
  })
})

describe('a whole answer', () => {
  it('that is too large, no JSON or of another form is an error', () => {
    expect(readDocument('openai.chat', { choices: [] })).toMatchObject([{ type: 'error', error: { code: 'bad_answer' } }])
    expect(readDocument('ollama.chat', { message: { content: 'x' } })).toMatchObject([{ type: 'error', error: { code: 'bad_answer' } }])
    expect(readDocument('anthropic.messages', { content: [] })).toMatchObject([{ type: 'error', error: { code: 'bad_answer' } }])
    expect(readDocument('openai.embed', { data: 'x' })).toMatchObject([{ type: 'error', error: { code: 'bad_answer' } }])
  })
})
