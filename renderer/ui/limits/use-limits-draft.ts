import { useRef, useState } from 'react'
import {
  asTyped,
  changedLimits,
  type LimitKind,
  type LimitProblems,
  type Limits,
  type NameOf,
  namesOf,
  problemsOf,
  type Typed,
} from './typed-limits.ts'

/** Limits being typed. They are saved as soon as a field is left, and held while one of them is not allowed. */
export interface LimitsDraft<L extends Limits> {
  kind: LimitKind<L>
  shown: Typed<L>
  problems: LimitProblems<L>
  type: (name: NameOf<L>, value: number | string) => void
  /** Saves what is typed; `more` is typed just now. */
  commit: (more?: Partial<Typed<L>>) => void
  /** Takes all of them back to the usual. */
  reset: () => void
  isUsual: boolean
}

interface DraftOptions<L extends Limits> {
  kind: LimitKind<L>
  /** What the node has. */
  now: L
  /** Null takes all back to the usual. Runs to undefined when it failed: what was typed then stays. */
  save: (change: Partial<L> | null) => Promise<unknown>
}

export function useLimitsDraft<L extends Limits>({ kind, now, save }: DraftOptions<L>): LimitsDraft<L> {
  /** Only fields that somebody has typed in: the others follow the node. */
  const [typed, setTyped] = useState<Partial<Typed<L>>>({})
  /** What is on its way: Enter and leaving the field come one after the other. */
  const underWay = useRef<string | null>(null)
  const shown: Typed<L> = { ...asTyped(kind, now), ...typed }
  const send = async (change: Partial<L> | null, sent: Partial<Typed<L>>) => {
    const what = JSON.stringify(change)
    if (underWay.current === what) return
    underWay.current = what
    const saved = await save(change)
    underWay.current = null
    if (saved === undefined) return
    // What was typed meanwhile stays.
    setTyped(
      (typed) =>
        Object.fromEntries(Object.entries(typed).filter(([name, value]) => sent[name as NameOf<L>] !== value)) as Partial<Typed<L>>,
    )
  }
  return {
    kind,
    shown,
    problems: problemsOf(kind, shown),
    type: (name, value) => setTyped((typed) => ({ ...typed, [name]: value })),
    commit(more) {
      const all = { ...shown, ...more }
      const change = changedLimits(kind, all, now)
      if (more) setTyped((typed) => ({ ...typed, ...more }))
      if (change !== null) void send(change, all)
      // What says the same as the node need not be remembered; what is wrong stays to be mended.
      else if (Object.keys(problemsOf(kind, all)).length === 0) setTyped({})
    },
    reset: () => void send(null, shown),
    isUsual: namesOf(kind).every((name) => now[name] === kind.usual[name]),
  }
}
