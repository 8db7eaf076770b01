import type { FcnError } from '../errors.ts'

/**
 * Why an answer ended. `stop`: the model was done, or came to a stop text · `length`: no more tokens were allowed ·
 * `tools`: it waits for results of tools · `refusal`: it does not want to, or was filtered · `load`: nothing but loading was
 * asked · `other`: a reason of the engine’s own
 */
export type EndReason = 'stop' | 'length' | 'tools' | 'refusal' | 'load' | 'other'

/** Tokens; null: the engine does not tell. */
export interface Usage {
  /** Read. */
  input: number | null
  /** Written, thinking included. */
  output: number | null
  /** Of those read, how many were still known from an earlier request. */
  cached: number | null
}

/** What the engine needed, in milliseconds; null: it does not tell. */
export interface Timing {
  load: number | null
  prompt: number | null
  generation: number | null
}

/**
 * An answer on its way, whatever the dialect of the engine. In order: any of text, thinking, tool calls and vectors, then
 * exactly one `end` or `error`, after which nothing follows. Pieces may be as short as a character, never empty.
 */
export type ModelEvent =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  /** Proof of the engine that the thinking before it is its own. */
  | { type: 'signature'; text: string }
  /** A call begins; calls are counted from 0 and come one after the other or side by side. */
  | { type: 'tool-call'; index: number; id: string; name: string }
  /** A piece of the JSON text of a call’s arguments. */
  | { type: 'tool-arguments'; index: number; text: string }
  /** Vectors, in the order of the input; once, before the end. */
  | { type: 'vectors'; vectors: number[][] }
  | { type: 'end'; reason: EndReason; stopText: string | null; usage: Usage; timing: Timing | null }
  | { type: 'error'; error: FcnError }

export const unknownUsage: Usage = { input: null, output: null, cached: null }
