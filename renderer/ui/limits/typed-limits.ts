/** Limits as a person types them, in units people know, and what they come to. Pure. */
import type { z } from 'zod'

/** Limits of one kind: whole numbers in the contract's unit; null: no limit. */
export type Limits = Record<string, number | null>
export type NameOf<L extends Limits> = keyof L & string

/** What is typed in each field: a number, or text while none is; empty for no limit. */
export type Typed<L extends Limits> = Record<NameOf<L>, number | string>

/** Why a field is not sent: what it says is not allowed at all, or not beside what the others say. */
export type LimitProblem = 'range' | 'together'
export type LimitProblems<L extends Limits> = Partial<Record<NameOf<L>, LimitProblem>>

/** What holds for the limits of one kind. */
export interface LimitKind<L extends Limits> {
  /** One of what is typed, in the contract's unit: 1e9 for gigabytes of a limit in bytes. The fields are shown in this order. */
  units: { [N in NameOf<L>]: number }
  /** What the contract allows. */
  allowed: { [N in NameOf<L>]: z.ZodType<L[N]> }
  /** What holds until somebody decides. */
  usual: L
  /** Fields that are allowed by themselves and not together. */
  clashes?: (read: Partial<L>) => NameOf<L>[]
}

export const namesOf = <L extends Limits>({ units }: LimitKind<L>): NameOf<L>[] => Object.keys(units)

/** Whether a limit may be left empty. */
export const mayBeEmpty = <L extends Limits>({ allowed }: LimitKind<L>, name: NameOf<L>): boolean => allowed[name].safeParse(null).success

export const asTyped = <L extends Limits>(kind: LimitKind<L>, limits: L): Typed<L> =>
  Object.fromEntries(
    namesOf(kind).map((name) => {
      const value = limits[name]
      return [name, typeof value === 'number' ? value / kind.units[name] : '']
    }),
  ) as Typed<L>

/** What a field says; undefined when it is not allowed. Counts are taken as they are, so that half of one is refused. */
function read<L extends Limits, N extends NameOf<L>>({ units, allowed }: LimitKind<L>, name: N, typed: number | string): L[N] | undefined {
  const unit: number = units[name]
  const value = typed === '' ? null : unit === 1 ? Number(typed) : Math.round(Number(typed) * unit)
  const found = allowed[name].safeParse(value)
  return found.success ? found.data : undefined
}

const readAll = <L extends Limits>(kind: LimitKind<L>, typed: Typed<L>): Partial<L> =>
  Object.fromEntries(
    namesOf(kind).flatMap((name) => {
      const value = read(kind, name, typed[name])
      return value === undefined ? [] : [[name, value]]
    }),
  ) as Partial<L>

/** What keeps fields from being sent. */
export function problemsOf<L extends Limits>(kind: LimitKind<L>, typed: Typed<L>): LimitProblems<L> {
  const said = readAll(kind, typed)
  const together = kind.clashes?.(said) ?? []
  const wrong = namesOf(kind).filter((name) => said[name] === undefined)
  return Object.fromEntries([
    ...together.map((name) => [name, 'together'] as const),
    ...wrong.map((name) => [name, 'range'] as const),
  ]) as LimitProblems<L>
}

/** What differs from the limits now; null when nothing does or something is not allowed. */
export function changedLimits<L extends Limits>(kind: LimitKind<L>, typed: Typed<L>, now: L): Partial<L> | null {
  if (Object.keys(problemsOf(kind, typed)).length > 0) return null
  const changed = Object.entries(readAll(kind, typed)).filter(([name, value]) => value !== now[name])
  return changed.length === 0 ? null : (Object.fromEntries(changed) as Partial<L>)
}

/** What a change replaces. */
export const replacedBy = <L extends object>(change: Partial<L>, now: L): Partial<L> =>
  Object.fromEntries(Object.keys(change).map((name) => [name, now[name as keyof L]])) as Partial<L>
