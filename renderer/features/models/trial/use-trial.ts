import { useEffect, useRef, useState } from 'react'
import { failureOf } from '../../../bridge/bridge.ts'
import { useCall } from '../../../store/app-context.ts'
import { runTrial, stopTrial } from './run-trial.ts'
import { isRunning, messagesFor, type Turn, withAnswer, withFailure, withQuestion } from './turns.ts'

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** A chat with a model, kept as long as it is shown; the model is stopped when it is left. */
export function useTrial(model: string) {
  const call = useCall()
  const [turns, setTurns] = useState<readonly Turn[]>([])
  const left = useRef<AbortController | null>(null)
  useEffect(() => {
    // a new one each time: in development React leaves and enters once more
    const leaving = new AbortController()
    left.current = leaving
    return () => leaving.abort()
  }, [])

  async function send(asked: string): Promise<void> {
    const signal = left.current?.signal
    if (signal === undefined || isRunning(turns)) return
    const next = withQuestion(turns, asked)
    const id = next.at(-1)?.id ?? 0
    setTurns(next)
    try {
      await runTrial(
        { call, pause },
        { ask: { model, messages: messagesFor(turns, asked) }, signal, onNews: (news) => setTurns((now) => withAnswer(now, id, news)) },
      )
    } catch (thrown) {
      if (!signal.aborted) setTurns((now) => withFailure(now, id, failureOf(thrown)))
    }
  }

  const running = isRunning(turns)
  const answer = turns.at(-1)?.answer
  return {
    turns,
    running,
    send,
    /** Null while there is nothing to stop. */
    stop: running && answer ? () => void stopTrial(call, answer.id) : null,
    clear: () => setTurns([]),
  }
}
