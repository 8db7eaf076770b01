import { describe, expect, it } from 'vitest'
import { failureAnswer, failureEvent } from '../../../../electron/agent/dialects/failure.ts'
import { modelNotFound } from '../../../../electron/agent/dialects/model-lists.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { eventsIn } from '../../../support/dialects.ts'

const failed = { requestId: 'req-1', executed: true }
const busy = new FcnError('busy', 'All nodes are busy.', { action: 'Try again.', details: { retryAfter: 3 } })
const answer = (dialect: Parameters<typeof failureAnswer>[0], error: FcnError) => {
  const { status, headers, body } = failureAnswer(dialect, error, failed)
  return { status, headers, body: JSON.parse(body) as unknown }
}

describe('an error before the head of an answer', () => {
  it('has OpenAI’s form', () => {
    expect(answer('openai', modelNotFound('llama9'))).toMatchObject({
      status: 404,
      body: {
        error: {
          message: 'There is no model “llama9” in the meshes of this node.',
          type: 'invalid_request_error',
          param: 'model',
          code: 'model_not_found',
        },
      },
    })
    expect(answer('openai', busy)).toMatchObject({ status: 503, body: { error: { type: 'server_error', code: 'busy', param: null } } })
    expect(answer('openai', new FcnError('unauthorized', 'No key.')).body).toMatchObject({ error: { code: 'invalid_api_key' } })
    expect(answer('openai', new FcnError('too_many', 'Slow.'))).toMatchObject({
      status: 429,
      body: { error: { code: 'rate_limit_exceeded' } },
    })
  })

  it('has Ollama’s form', () => {
    expect(answer('ollama', busy)).toMatchObject({ status: 503, body: { error: 'All nodes are busy. Try again.' } })
  })

  it('has Anthropic’s form, and its own status for busy', () => {
    expect(answer('anthropic', busy)).toMatchObject({
      status: 529,
      headers: { 'request-id': 'req-1' },
      body: { type: 'error', error: { type: 'overloaded_error', message: 'All nodes are busy. Try again.' }, request_id: 'req-1' },
    })
    for (const [code, type] of [
      ['invalid_input', 'invalid_request_error'],
      ['unauthorized', 'authentication_error'],
      ['forbidden', 'permission_error'],
      ['not_found', 'not_found_error'],
      ['too_large', 'request_too_large'],
      ['too_many', 'rate_limit_error'],
      ['timeout', 'timeout_error'],
      ['internal', 'api_error'],
    ] as const) {
      expect(answer('anthropic', new FcnError(code, 'x')).body).toMatchObject({ error: { type } })
    }
  })

  it('is known by other nodes as a node’s own, and says when to come again', () => {
    expect(answer('openai', busy).headers).toMatchObject({ 'x-fcn-error': 'busy', 'retry-after': 3, 'x-request-id': 'req-1' })
  })
})

describe('an error in the middle of a stream', () => {
  it('is an event of the dialect', () => {
    const error = new FcnError('unreachable', 'The node has gone.')
    expect(failureEvent('openai.chat', error)).toBe(
      'data: {"error":{"message":"The node has gone.","type":"server_error","param":null,"code":"unreachable"}}\n\n',
    )
    const responses = failureEvent('openai.responses', error)
    expect(responses).toMatch(/^event: error\ndata: .*\n\n$/u)
    expect(eventsIn(responses)).toEqual([
      {
        ...{ type: 'error', sequence_number: 0, code: 'unreachable', message: 'The node has gone.', param: null },
        error: { type: 'server_error', code: 'unreachable', message: 'The node has gone.', param: null },
      },
    ])
    expect(failureEvent('ollama.generate', error)).toBe('{"error":"The node has gone."}\n')
    expect(failureEvent('anthropic.messages', error)).toBe(
      'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"The node has gone."}}\n\n',
    )
  })
})
