import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { Ollama } from 'ollama'

/** What a program saw of an answer. */
export interface Seen {
  text: string
  /** As its library throws it; null when the answer was whole. */
  error: Error | null
  /** When it ended (performance.now). */
  endedAt: number
}

export interface Streamed {
  /** Resolves with the first piece, or with the end when there is none. */
  begun: Promise<void>
  /** Never rejects. */
  ended: Promise<Seen>
  abort(): void
}

interface Ask {
  url: string
  model: string
  /** For the dialect that always says how long an answer may be. */
  maxTokens: number
  signal: AbortSignal
  onPiece: (text: string) => void
}

const messages = [{ role: 'user' as const, content: 'Who answers?' }]

/** Streams an answer with the library of each dialect; rejects as that does. */
const dialects = {
  async openai({ url, model, signal, onPiece }: Ask) {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'none', maxRetries: 0 })
    let isWhole = false
    for await (const { choices } of await client.chat.completions.create({ model, messages, stream: true }, { signal })) {
      onPiece(choices[0]?.delta.content ?? '')
      isWhole ||= typeof choices[0]?.finish_reason === 'string'
    }
    if (!isWhole) throw new Error('The stream ended without a reason.')
  },
  async ollama({ url, model, signal, onPiece }: Ask) {
    const stream = await new Ollama({ host: url }).chat({ model, messages, stream: true })
    signal.addEventListener('abort', () => stream.abort())
    for await (const { message } of stream) onPiece(message.content)
  },
  async anthropic({ url, model, maxTokens, signal, onPiece }: Ask) {
    const client = new Anthropic({ baseURL: url, apiKey: 'none', maxRetries: 0 })
    const stream = client.messages.stream({ model, max_tokens: maxTokens, messages }, { signal })
    stream.on('text', onPiece)
    await stream.finalMessage()
  },
} satisfies Record<string, (ask: Ask) => Promise<void>>

export type StreamDialect = keyof typeof dialects
export const streamDialects = Object.keys(dialects) as StreamDialect[]

type Question = Pick<Ask, 'url' | 'model'> & Partial<Pick<Ask, 'maxTokens'>>

export function streamed(dialect: StreamDialect, { url, model, maxTokens = 10_000 }: Question): Streamed {
  const gone = new AbortController()
  const begun = Promise.withResolvers<void>()
  let text = ''
  const onPiece = (piece: string) => {
    if (piece === '') return
    text += piece
    begun.resolve()
  }
  const end = (error: Error | null): Seen => {
    begun.resolve()
    return { text, error, endedAt: performance.now() }
  }
  const ended = dialects[dialect]({ url, model, maxTokens, signal: gone.signal, onPiece }).then(
    () => end(null),
    (error: unknown) => end(error as Error),
  )
  return { begun: begun.promise, ended, abort: () => gone.abort() }
}
