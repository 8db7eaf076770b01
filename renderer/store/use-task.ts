import { useCallback, useEffect, useRef, useState } from 'react'
import type { Failure } from '../../electron/contract/failure.ts'
import { failureOf } from '../bridge/bridge.ts'

/** Work a person started: whether it runs, and why the last try failed. */
export interface Task<A extends unknown[], T> {
  running: boolean
  failure: Failure | null
  /** Runs the work; the result, or undefined when it failed (the failure is then shown). Never rejects. */
  run: (...args: A) => Promise<T | undefined>
  clear: () => void
}

/** Turns an async function into a task. Only the newest run counts; nothing is set after the component is gone. */
export function useTask<A extends unknown[], T>(work: (...args: A) => Promise<T>): Task<A, T> {
  const [state, setState] = useState<{ running: boolean; failure: Failure | null }>({ running: false, failure: null })
  const newest = useRef(0)
  const latest = useRef(work)
  useEffect(() => {
    latest.current = work
  })
  useEffect(() => () => void (newest.current = Infinity), [])
  const run = useCallback(async (...args: A) => {
    const mine = ++newest.current
    setState({ running: true, failure: null })
    try {
      const value = await latest.current(...args)
      if (newest.current === mine) setState({ running: false, failure: null })
      return value
    } catch (thrown) {
      if (newest.current === mine) setState({ running: false, failure: failureOf(thrown) })
      return undefined
    }
  }, [])
  const clear = useCallback(() => setState({ running: false, failure: null }), [])
  return { ...state, run, clear }
}
