/** Chats by which a person tries a model: each is one request to this node's own address. In memory, and for a short while. */
import type { TrialAnswer } from '../../contract/ai.ts'
import type { NodeId, Trials } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { OwnAnswer } from './ask-own-node.ts'
import { readTrial, type TrialNews } from './read-trial.ts'

/** Chats that run at once, and that are remembered; an answer is kept so long after its end, ms. */
const maxRunning = 4
const maxKept = 32
const keptFor = 10 * 60_000
/** Longest wait for more text, ms. */
const longestWait = 10_000
/** A chat that nobody reads for so long is stopped, ms: a window that was closed says nothing, and the engine would work for nobody. */
const unreadFor = 30_000

interface TrialsComponents {
  ask: (path: string, body: unknown, signal: AbortSignal) => Promise<OwnAnswer>
  nameOf: (node: NodeId) => string | null
  newId: () => string
  clock: Clock
}

interface Trial {
  view: Omit<TrialAnswer, 'text' | 'end'>
  text: string
  begunAt: number
  firstAt: number | null
  endedAt: number | null
  abort: AbortController
  waiting: Set<() => void>
  /** Takes back what stops it when nobody reads. */
  cancelUnread: () => void
}

export function createTrials({ ask, nameOf, newId, clock }: TrialsComponents): Trials {
  const trials = new Map<string, Trial>()
  const isRunning = ({ endedAt }: Trial) => endedAt === null

  const known = (id: string): Trial => {
    const trial = trials.get(id)
    if (trial !== undefined) return trial
    throw new FcnError('not_found', 'There is no such chat here any more.', { action: 'Ask again.' })
  }

  const answerOf = ({ view, text }: Trial, from: number): TrialAnswer => ({ ...view, text: text.slice(from), end: text.length })

  const wake = (trial: Trial) => {
    for (const resume of trial.waiting) resume()
  }

  const stopTrial = (trial: Trial) => {
    end(trial, 'stopped')
    trial.abort.abort(stopped)
  }

  const isRead = (trial: Trial) => {
    trial.cancelUnread()
    if (isRunning(trial)) trial.cancelUnread = clock.after(unreadFor, () => stopTrial(trial))
  }

  const end = (trial: Trial, state: TrialAnswer['state'], error: FcnError | null = null) => {
    if (!isRunning(trial)) return
    trial.endedAt = clock.monotonic()
    trial.cancelUnread()
    trial.view = { ...trial.view, state, problem: error === null ? null : error.toFailure() }
    wake(trial)
  }

  const hear = (trial: Trial, { text, tokensOut, model }: TrialNews) => {
    const now = clock.monotonic()
    if (text !== '' && trial.firstAt === null) {
      trial.firstAt = now
      trial.view = { ...trial.view, firstTokenMs: now - trial.begunAt }
    }
    trial.text += text
    if (model !== null) trial.view = { ...trial.view, model }
    if (tokensOut !== null) {
      const took = now - (trial.firstAt ?? now)
      trial.view = { ...trial.view, tokensOut, tokensPerSecond: took > 0 ? (tokensOut * 1_000) / took : null }
    }
    wake(trial)
  }

  const run = async (trial: Trial, body: unknown): Promise<void> => {
    try {
      const answer = await ask('/api/chat', body, trial.abort.signal)
      const { 'x-fcn-node': id } = answer.headers
      if (typeof id === 'string' && answer.status === 200) trial.view = { ...trial.view, node: { id, name: nameOf(id) ?? id } }
      await readTrial(answer, (news) => hear(trial, news))
      end(trial, 'done')
    } catch (error) {
      end(trial, 'failed', toFcnError(error))
    }
  }

  const forgetOld = () => {
    const now = clock.monotonic()
    for (const [id, { endedAt }] of trials) {
      if (endedAt !== null && (now - endedAt > keptFor || trials.size > maxKept)) trials.delete(id)
    }
  }

  return {
    start({ model, messages }) {
      forgetOld()
      if ([...trials.values()].filter(isRunning).length >= maxRunning) {
        throw new FcnError('busy', `At most ${maxRunning} chats run at once here.`, { action: 'Stop one, or wait for its end.' })
      }
      const id = newId()
      const trial: Trial = {
        view: {
          ...{ id, state: 'running', node: null, model, startedAt: clock.now() },
          ...{ firstTokenMs: null, tokensPerSecond: null, tokensOut: null, problem: null },
        },
        ...{
          text: '',
          begunAt: clock.monotonic(),
          firstAt: null,
          endedAt: null,
          abort: new AbortController(),
          waiting: new Set(),
          cancelUnread: () => {},
        },
      }
      trials.set(id, trial)
      isRead(trial)
      void run(trial, { model, stream: true, messages: messages.map(({ role, text }) => ({ role, content: text })) })
      return answerOf(trial, 0)
    },
    async read({ id, from }) {
      const trial = known(id)
      isRead(trial)
      if (isRunning(trial) && trial.text.length <= from) {
        await new Promise<void>((resolve) => {
          const go = () => {
            cancel()
            trial.waiting.delete(go)
            resolve()
          }
          const cancel = clock.after(longestWait, go)
          trial.waiting.add(go)
        })
      }
      return answerOf(trial, from)
    },
    stop(id) {
      const trial = known(id)
      stopTrial(trial)
      return answerOf(trial, 0)
    },
    close() {
      for (const trial of trials.values()) stopTrial(trial)
    },
  }
}

const stopped = new FcnError('rejected', 'The chat was stopped.')
