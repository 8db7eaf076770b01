/** A chat by which a model is tried, as a list of questions with their answers. Pure. */
import type { TrialAnswer } from '../../../../electron/contract/ai.ts'
import type { CallInput } from '../../../../electron/contract/calls.ts'
import type { Failure } from '../../../../electron/contract/failure.ts'

/** A question and how far its answer has come. */
export interface Turn {
  /** Counts within the chat. */
  id: number
  asked: string
  /** `text` is the whole of it so far; null before the node has taken the question. */
  answer: TrialAnswer | null
  /** The node refused the question, or it could not be told how the answer goes on. */
  failure: Failure | null
}

/** A chat of more turns forgets its beginning: the contract takes 200 messages. */
const mostTurns = 99

export const isRunning = (turns: readonly Turn[]): boolean => {
  const last = turns.at(-1)
  return last !== undefined && last.failure === null && (last.answer === null || last.answer.state === 'running')
}

export const withQuestion = (turns: readonly Turn[], asked: string): Turn[] => [
  ...turns.slice(1 - mostTurns),
  { id: (turns.at(-1)?.id ?? 0) + 1, asked, answer: null, failure: null },
]

const withLast = (turns: readonly Turn[], id: number, change: (turn: Turn) => Turn): Turn[] =>
  turns.map((turn) => (turn.id === id ? change(turn) : turn))

/** More of an answer: `news.text` follows what there was. What is told of another run counts as its beginning. */
export const withAnswer = (turns: readonly Turn[], id: number, news: TrialAnswer): Turn[] =>
  withLast(turns, id, (turn) => {
    const before = turn.answer?.id === news.id ? turn.answer.text : ''
    return { ...turn, answer: { ...news, text: before + news.text } }
  })

export const withFailure = (turns: readonly Turn[], id: number, failure: Failure): Turn[] =>
  withLast(turns, id, (turn) => ({ ...turn, failure }))

type Messages = CallInput<'ai.trial.start'>['messages']

/** What the model is told: all that was said so far and the new question. Questions without an answer are left out. */
export const messagesFor = (turns: readonly Turn[], asked: string): Messages => [
  ...turns.slice(1 - mostTurns).flatMap(({ asked, answer }): Messages =>
    answer === null || answer.text === ''
      ? []
      : [
          { role: 'user', text: asked },
          { role: 'assistant', text: answer.text },
        ],
  ),
  { role: 'user', text: asked },
]

/**
 * The beginning of a text as it is read aloud once: up to the end of a sentence, else of a word, within `limit` characters.
 * `whole`: nothing was left out.
 */
export function spokenPart(text: string, limit: number): { said: string; whole: boolean } {
  const trimmed = text.trim()
  if (trimmed.length <= limit) return { said: trimmed, whole: true }
  const cut = trimmed.slice(0, limit)
  const sentence = /^.*[.!?。！？؟](?=\s)/su.exec(cut)?.[0]
  return { said: (sentence ?? cut.replace(/\s+\S*$/u, '')).trim(), whole: false }
}
