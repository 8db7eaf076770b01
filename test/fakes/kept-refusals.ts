import type { Line } from '../../electron/agent/audit/line-sums.ts'
import { createRefusals } from '../../electron/agent/audit/refusals.ts'
import type { Refusals } from '../../electron/agent/components.ts'

/** The real refusals, which keep every line instead of summing them. */
export function createKeptRefusals(): Refusals & { readonly lines: Line[] } {
  const lines: Line[] = []
  return { lines, ...createRefusals({ sums: { add: (line) => void lines.push(line) }, nameOf: () => null }) }
}
