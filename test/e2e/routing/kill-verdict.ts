import { positions } from './counting-service.ts'
import { deadline, kinds, type Outcome } from './kill-rounds.ts'

/** What a busy machine may add until a failure has reached the program, ms. */
const grace = 1_000
const afterHead = new Set<Outcome['position']>(['after the answer head', 'in the answer body', 'at the end of the answer', 'anywhere'])

export interface Verdict {
  /** Neither a right answer, nor an error that says why, nor an answer cut off after it had begun. */
  dishonest: string[]
  late: string[]
  /** Sent to a service twice although that does harm. */
  repeated: string[]
  /** Share of idempotent requests that succeeded, of those whose answer had not begun. */
  success: number
  idempotent: number
  /** Idempotent, nothing of their answer begun, and yet no success. */
  lost: string[]
}

export function judge(outcomes: readonly Outcome[]): Verdict {
  const say = ({ position, kind, result, why, ms }: Outcome) => `${kind}, ${position}: ${result}, ${why} (${ms.toFixed(0)} ms)`
  const where = (wrong: (outcome: Outcome) => boolean) => outcomes.filter(wrong).map(say)
  const rescuable = outcomes.filter(({ kind, result }) => kinds[kind].idempotent && kinds[kind].replayable && result !== 'cut')
  const lost = rescuable.filter(({ result }) => result !== 'ok')
  return {
    dishonest: where(({ result, position }) => result === 'lie' || result === 'broken' || (result === 'cut' && !afterHead.has(position))),
    late: where(({ ms }) => ms > deadline + grace),
    repeated: where(({ kind, seen, executed }) => !kinds[kind].idempotent && (seen > 1 || executed > 1)),
    success: 1 - lost.length / rescuable.length,
    idempotent: rescuable.length,
    lost: lost.map(say),
  }
}

/** Results by position and kind, for people. */
export function resultTable(outcomes: readonly Outcome[]): string[][] {
  const cell = (position: Outcome['position'], kind: string) => {
    const results = outcomes.filter((outcome) => outcome.position === position && outcome.kind === kind).map(({ result }) => result)
    return [...new Set(results)].map((result) => `${results.filter((one) => one === result).length} ${result}`).join(', ')
  }
  const names = Object.keys(kinds)
  return [
    ['killed', ...names],
    ...[...positions, 'anywhere' as const].map((position) => [position, ...names.map((kind) => cell(position, kind))]),
  ]
}
