import assert from 'node:assert/strict'

/** Where a client asks, and for what. */
export interface Asked {
  /** Without `/v1`: `http://127.0.0.1:3000`. */
  url: string
  /** A model that chats and calls tools; its answers are `expected`. */
  model: string
  /** One that goes on for a long while. */
  endless: string
  expected: string
}

/** What one client can do, by what it is; each rejects when the answer is not what its documentation promises. */
export type ClientCalls = Record<string, (asked: Asked) => Promise<void>>

/** What every client asks about the weather with. */
export const weather = {
  name: 'weather',
  description: 'The weather in a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
}
/** What the engines of these tests call it with. */
export const called = { city: 'Lyon' }
export const unknownModel = 'no-such-model'

/** The error of what must fail. */
export async function errorOf(work: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof Error, 'it did not fail')
  return error as Error & Record<string, unknown>
}

/** More than one piece, which together are the expected text. */
export function expectPieces(pieces: readonly string[], expected: string): void {
  assert.equal(pieces.join(''), expected)
  assert.ok(pieces.filter((piece) => piece !== '').length > 1, 'the answer did not come in pieces')
}
