import { FcnError } from '../errors.ts'

/** Requests of one run: at 10,000 a second this lasts 79 days. */
const perRun = 2 ** 36

/** The number of a request: in the order of arrival, and never the same in two runs of a node. A safe integer for 131,000 runs. */
export const seqOf = (run: number, count: number): number => run * perRun + count

export const idOf = (seq: number): string => seq.toString(36)

/** Throws `invalid_input` for a text that is no id. */
export function seqOfId(id: string): number {
  const seq = /^[0-9a-z]{1,11}$/u.test(id) ? Number.parseInt(id, 36) : Number.NaN
  if (Number.isSafeInteger(seq)) return seq
  throw new FcnError('invalid_input', `“${id.slice(0, 64)}” is no id of a routed request.`, { action: 'Use an id of the list.' })
}
