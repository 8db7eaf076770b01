import { inTime } from './trouble.ts'

/** What became of one request. */
export interface Outcome {
  /** When it was made, as a part (0–1) of the run. */
  at: number
  /** ms until its last answer. */
  took: number
  status: number
}

const share = (outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean) =>
  outcomes.filter((outcome) => holds(outcome)).length / outcomes.length

/** Share answered within a second, whatever the answer. */
export const answeredInTime = (outcomes: readonly Outcome[]): number => share(outcomes, ({ took }) => took <= inTime)

/** Share that succeeded, whenever. */
export const succeeded = (outcomes: readonly Outcome[]): number => share(outcomes, ({ status }) => status < 400)
