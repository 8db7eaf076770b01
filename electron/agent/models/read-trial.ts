import { z } from 'zod'
import { type ErrorCode, errorTable } from '../../contract/error-codes.ts'
import { FcnError } from '../errors.ts'
import { boundedText } from '../support/bounded-body.ts'
import { errorHeader } from '../support/failure-answer.ts'
import { parseJson } from '../support/json.ts'
import type { OwnAnswer } from './ask-own-node.ts'

/** Most text of one answer that is kept, characters, and longest line, bytes. */
const maxText = 1_000_000
const maxLine = 1024 * 1024

/** A line of a chat in Ollama's dialect, as far as it matters here. */
const chatLine = z.object({
  model: z.string().max(512).optional(),
  message: z.object({ content: z.string().optional() }).optional(),
  done: z.boolean().optional(),
  eval_count: z.number().int().nonnegative().optional(),
  error: z.string().optional(),
})

export interface TrialNews {
  text: string
  /** Null until the end. */
  tokensOut: number | null
  model: string | null
}

/** Reads an answer to its end, and tells what comes. Throws why it failed, also in the middle. */
export async function readTrial({ status, headers, body }: OwnAnswer, hear: (news: TrialNews) => void): Promise<void> {
  if (status !== 200) throw failureIn(headers[errorHeader], await boundedText(body, maxLine))
  const decoder = new TextDecoder()
  let [rest, length, isDone] = ['', 0, false]
  const take = (line: string) => {
    if (line.trim() === '') return
    const parsed = chatLine.safeParse(parseJson(line))
    if (!parsed.success) throw noSense()
    const { message, done, eval_count: tokens, model, error } = parsed.data
    if (error !== undefined) throw new FcnError('backend_failed', error.slice(0, 500))
    const text = message?.content ?? ''
    length += text.length
    if (length > maxText) throw new FcnError('too_large', 'The answer is longer than a trial shows.')
    isDone ||= done === true
    if (text !== '' || done === true) hear({ text, tokensOut: done === true ? (tokens ?? null) : null, model: model ?? null })
  }
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > maxLine) throw noSense()
    for (const line of lines) take(line)
  }
  take(rest)
  if (!isDone) throw new FcnError('unreachable', 'The answer broke off.', { action: 'Ask again.' })
}

function failureIn(code: string | string[] | undefined, text: string | null): FcnError {
  const told = z.object({ error: z.string() }).safeParse(parseJson(text ?? ''))
  const known = typeof code === 'string' && Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'bad_answer'
  return new FcnError(known, told.success ? told.data.error.slice(0, 500) : 'The node answered with a failure and did not say which.')
}

const noSense = () => new FcnError('bad_answer', 'The answer makes no sense.')
