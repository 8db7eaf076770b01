import type { TrialAnswer } from '../../../../electron/contract/ai.ts'
import type { CallInput } from '../../../../electron/contract/calls.ts'
import type { Bridge } from '../../../bridge/bridge.ts'

interface TrialComponents {
  call: Bridge['call']
  pause: (ms: number) => Promise<void>
}

interface TrialOptions {
  ask: CallInput<'ai.trial.start'>
  /** Gets what is new of the answer, in order; the first time as soon as the node has taken the question. */
  onNews: (news: TrialAnswer) => void
  /** The chat was left: the model is stopped at once and nothing more is told. */
  signal: AbortSignal
}

/** A quick model writes more words a second than anybody reads: the answer is asked for so often at most, ms. */
const readEvery = 80

/**
 * Asks a model and follows its answer to the end; each call waits for more text, at most 10 s. Rejects with CallError when
 * the node refuses the question or cannot tell how the answer goes on; the model is then stopped as far as the node hears it.
 */
export async function runTrial({ call, pause }: TrialComponents, { ask, onNews, signal }: TrialOptions): Promise<void> {
  let news = await call('ai.trial.start', ask)
  const { id } = news
  const stop = () => void stopTrial(call, id)
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (signal.aborted) return stop()
    onNews(news)
    while (news.state === 'running') {
      await pause(readEvery)
      news = await call('ai.trial.read', { id, from: news.end })
      if (signal.aborted) return
      onNews(news)
    }
  } catch (thrown) {
    stop()
    throw thrown
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** The model need not go on. Never rejects: a node that cannot be told this tells so itself, by the link. */
export const stopTrial = (call: Bridge['call'], id: string): Promise<void> =>
  call('ai.trial.stop', { id }).then(
    () => undefined,
    () => undefined,
  )
