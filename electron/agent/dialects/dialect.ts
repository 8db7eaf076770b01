/**
 * The languages in which programs ask for models and engines answer: OpenAI’s, Ollama’s and Anthropic’s. Everything here is
 * pure: bytes and objects in, bytes and objects out. The serving side uses `exchange.ts` (one request to one engine), the asking
 * side `call-of.ts`, `outline.ts`, `model-lists.ts` and `failure.ts`.
 */
import type { FcnError } from '../errors.ts'
import type { EndReason, ModelEvent, Usage } from './events.ts'
import type { Task } from './task.ts'

export type DialectName = 'openai' | 'ollama' | 'anthropic'

/** Calls for which a model works. Their body is JSON and names the model. */
export type WorkOperation =
  | 'openai.chat'
  | 'openai.completion'
  | 'openai.embed'
  | 'openai.responses'
  | 'ollama.chat'
  | 'ollama.generate'
  | 'ollama.embed'
  /** The older form, with one text. */
  | 'ollama.embeddings'
  | 'anthropic.messages'
  | 'anthropic.count'

/** Calls that are answered by what is known of the models. `openai.model`, `anthropic.model`, `ollama.show` are about one. */
export type ListOperation =
  'openai.models' | 'openai.model' | 'ollama.tags' | 'ollama.show' | 'ollama.ps' | 'ollama.version' | 'anthropic.models' | 'anthropic.model'

export interface WorkCall {
  kind: 'work'
  dialect: DialectName
  operation: WorkOperation
}

export interface ListCall {
  kind: 'list'
  dialect: DialectName
  operation: ListOperation
  /** The model in the path; null where there is none (`ollama.show` names it in its body: `outlineOf`). */
  model: string | null
}

/** What a program calls; `callOf(method, path, headers)` finds it, null for anything else. */
export type Call = WorkCall | ListCall

/** What must be known of a request to choose where it goes, without understanding all of it; by `outlineOf(call, body)`. */
export interface Outline {
  /** As the program wrote it. */
  model: string
  stream: boolean
  use: 'chat' | 'completion' | 'embedding'
  /** It shows pictures. */
  hasImages: boolean
  /** It brings tools. */
  hasTools: boolean
  /** How the conversation begins (system prompt and first message; at most 4096 characters): the same for all its requests. Empty without one. */
  opening: string
}

/** What one engine is asked. */
export interface EngineRequest {
  operation: WorkOperation
  method: 'POST'
  /** `/api/chat`, to be put behind the engine’s address (which never ends in `/v1`). */
  path: string
  /** JSON. */
  body: Buffer
  /** The answer is a stream of events or lines, not one document. */
  stream: boolean
}

/** What has been seen of an answer so far. */
export interface AnswerFacts {
  /** The first text, thought, tool call or vector is there, or the whole answer: the head of the answer may leave now. */
  readonly hasBegun: boolean
  /** Pieces of text, thought and arguments so far: about as many as tokens, for engines that do not count. */
  readonly pieces: number
  readonly usage: Usage
  /** Null until the answer is whole. */
  readonly end: EndReason | null
  /**
   * The engine reported a failure, or its answer breaks the rules of its dialect. While `hasBegun` is false nothing has been
   * given out, so that the request may be asked elsewhere; afterwards what `push` and `end` gave tells the program of it.
   */
  readonly failure: FcnError | null
}

/** The answer of an engine (status 200) on its way to the program. Nothing is given out before `facts.hasBegun`. */
export interface AnswerPipe {
  readonly facts: AnswerFacts
  /** The `content-type` of the program’s answer. */
  readonly contentType: string
  /** Bytes of the engine, cut anywhere, whose memory is not used again; gives bytes for the program, or none. Nothing after a failure or `fail`. */
  push(bytes: Uint8Array): Buffer
  /** The engine’s answer has come to its end; gives the rest. One that ends too early is a failure (`facts.failure`). */
  end(): Buffer
  /** The engine is lost: how the program is told in the middle of its answer. Gives nothing when the answer is whole already. */
  fail(error: FcnError): Buffer
}

/** One request of a program to one engine; by `createExchange`. */
export interface Exchange {
  /** Null: nothing needs to be asked; `end()` of the pipe gives the whole answer. */
  request: EngineRequest | null
  /** Engine and program speak the same: bytes go through as they are. */
  isPassedThrough: boolean
  createPipe(): AnswerPipe
  /** An answer of the engine that is no success (status 400 and above), as an error of this node. */
  readFailure(status: number, body: string): FcnError
}

/** What an exchange needs besides the request. */
export interface ExchangeContext {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number
  /** Letters and digits that nobody has used before. */
  newId(): string
}

/** An answer that is not a stream. */
export interface WholeAnswer {
  status: number
  headers: Record<string, string | number>
  body: string
}

/** What one call’s answers mean; keeps what must be known from piece to piece. Both throw for what has not the form. */
export interface AnswerForm {
  /** A piece of a stream: its JSON, or the text `[DONE]`. */
  frame(data: unknown): ModelEvent[]
  /** A whole answer. */
  document(data: unknown): ModelEvent[]
  /** The stream is over: an `end` that was not told yet. None: it broke off. */
  close(): ModelEvent[]
}

/** Reads what an engine answers. Every limit that is broken, and every form that is not known, becomes an `error` event. */
export interface AnswerReader {
  /** Bytes of a stream, cut anywhere, or of one document. */
  push(bytes: Uint8Array): ModelEvent[]
  end(): ModelEvent[]
}

/** Writes an answer for a program: a stream, event by event, or one document at its end. */
export interface AnswerWriter {
  readonly contentType: string
  push(event: ModelEvent): string
}

/** How the pieces of a streamed answer are told apart: server-sent events (OpenAI, Anthropic) or lines of JSON (Ollama). */
export type Framing = 'events' | 'lines'

/** One call of one dialect. */
export interface OperationForm {
  operation: WorkOperation
  path: string
  framing: Framing
  /** What the program asks. Throws `invalid_input` for what is no such request, or cannot be said in another dialect. */
  readTask(body: unknown): Task
  /** What an engine is asked. Throws `invalid_input` for what this dialect cannot say. Null: it is not for such tasks. */
  writeTask(task: Task): string | null
  createAnswer(context: ExchangeContext): AnswerForm
  /** A whole answer that an engine gave in another form than it was asked for, put right; null: it is right. */
  mend?(asked: unknown, answered: unknown): unknown
  /** `body` is the program’s request, for what only decides the form of the answer; `model` what the program called it. */
  createWriter(request: { body: unknown; model: string; stream: boolean }, context: ExchangeContext): AnswerWriter
}
