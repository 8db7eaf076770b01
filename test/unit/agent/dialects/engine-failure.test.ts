import { describe, expect, it } from 'vitest'
import { readEngineError } from '../../../../electron/agent/dialects/engine-failure.ts'

describe('an engine’s refusal', () => {
  it.each([
    [
      400,
      '{"error":{"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}',
      'invalid_input',
      'The engine refuses the request: the request exceeds the available context size.',
    ],
    [
      404,
      '{"error":"model \\"x\\" not found, try pulling it first"}',
      'not_found',
      'The engine does not have what was asked for: model "x" not found, try pulling it first.',
    ],
    [422, '{"detail":"top_k must be positive"}', 'invalid_input', 'The engine refuses the request: top_k must be positive.'],
    [401, '{"error":{"message":"Invalid API Key"}}', 'backend_failed', 'The engine wants another key than this node has: Invalid API Key.'],
    [429, '', 'too_many', 'The engine is busy.'],
    [503, '{"error":{"message":"Loading model","code":503}}', 'busy', 'The engine is busy: Loading model.'],
    [529, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}', 'busy', 'The engine is busy: Overloaded.'],
    [500, '<html><h1>Bad gateway</h1></html>', 'backend_failed', 'The engine failed.'],
    [502, 'upstream\n\tgone', 'backend_failed', 'The engine failed: upstream gone.'],
  ] as const)('%i %s is %s', (status, body, code, message) => {
    expect(readEngineError(status, body)).toMatchObject({ code, message, details: { engineStatus: status } })
  })

  it('for lack of memory is told as such, whatever its status', () => {
    for (const text of [
      'model requires more system memory (8.4 GiB) than is available (3.1 GiB)',
      'CUDA out of memory. Tried to allocate 2.00 GiB',
      'failed to allocate buffer for kv cache',
    ]) {
      expect(readEngineError(500, JSON.stringify({ error: text }))).toMatchObject({
        code: 'backend_failed',
        details: { reason: 'no_memory' },
      })
      expect(readEngineError(null, { error: { message: text } })).toMatchObject({ details: { reason: 'no_memory' } })
    }
  })

  it('is short and on one line, however long it is', () => {
    const { message } = readEngineError(500, JSON.stringify({ error: 'x\n'.repeat(10_000) }))
    expect(message.length).toBeLessThan(600)
    expect(message).not.toContain('\n')
  })
})
