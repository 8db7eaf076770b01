/** How an engine’s HTTP side tells in its dialect what its speaker says. One front per dialect, written after its documentation. */
import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Ask, End, EngineFault, Speaker, Word } from './speaker.ts'

export interface FrontRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
}

/** A model that an engine has. */
export interface FakeModel {
  name: string
  /** Bytes. */
  size?: number
  contextLength?: number
  uses?: readonly ('chat' | 'embedding' | 'tools' | 'vision')[]
}

export interface EngineSide {
  models: readonly FakeModel[]
  speaker: Speaker
  /** Names of models that are in memory. */
  loaded: Set<string>
  /** Who owns them, as OpenAI’s list of models says it: engines put their own name there. */
  owner: string
  signal: AbortSignal
}

/** One dialect at an engine. */
export interface Front {
  /** Answers the request; null when the path is none of the dialect’s. */
  answer(request: FrontRequest, response: ServerResponse, side: EngineSide): Promise<void> | null
  /** The body of an error in this dialect. */
  fault(fault: EngineFault): object
}

/** How one answer is told. */
export interface Telling {
  isStream: boolean
  contentType: string
  /** Bytes of a stream. */
  begin(): string
  word(word: Word): string
  end(end: End): string
  /** In the middle of a stream. */
  fault(fault: EngineFault): string
  /** The answer in one document. */
  whole(words: readonly Word[], end: End): object
}

/** Lets the speaker speak, and tells it. What fails before the first byte rejects, so that it has a status of its own. */
export async function tell(ask: Ask, telling: Telling, response: ServerResponse, { speaker, loaded, signal }: EngineSide): Promise<void> {
  const words: Word[] = []
  let begun = false
  const write = (text: string) => {
    if (text === '' || !telling.isStream) return
    if (!response.headersSent) response.writeHead(200, { 'content-type': telling.contentType })
    response.write(text)
  }
  const begin = () => {
    loaded.add(ask.model)
    if (begun) return
    begun = true
    write(telling.begin())
  }
  try {
    const end = await speaker.speak(
      ask,
      (word) => {
        begin()
        words.push(word)
        write(telling.word(word))
      },
      signal,
    )
    begin()
    write(telling.end(end))
    if (telling.isStream) response.end()
    else sendJson(response, 200, telling.whole(words, end))
  } catch (error) {
    if (!response.headersSent || isCut(error)) throw error
    response.end(telling.fault(error as EngineFault))
  }
}

const isCut = (error: unknown) => !(error instanceof Error) || !('status' in error) || (error as EngineFault).isCut

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

export const textIn = (words: readonly Word[]): string => words.map((word) => ('text' in word ? word.text : '')).join('')
export const thoughtsIn = (words: readonly Word[]): string => words.map((word) => ('thinking' in word ? word.thinking : '')).join('')
export const callsIn = (words: readonly Word[]) => words.flatMap((word) => ('call' in word ? [word.call] : []))

/** Every text in a value, wherever it stands: what a model would read. */
export function textsOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textsOf).filter(Boolean).join(' ')
  if (typeof value !== 'object' || value === null) return ''
  return Object.entries(value)
    .filter(([key]) => ['text', 'content', 'input', 'parts'].includes(key))
    .map(([, inner]) => textsOf(inner))
    .filter(Boolean)
    .join(' ')
}

export const numberOr = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise)
