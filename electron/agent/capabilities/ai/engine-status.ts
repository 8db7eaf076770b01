/** What the capability says of all engines together, in one line. Pure. */
import type { EngineView } from '../../../contract/ai.ts'
import type { Verdict } from '../provider.ts'
import { noEngine, noModel } from './how-to-get-an-engine.ts'

/** Null while it is not known. `isSettled`: every place has been looked at once. `labelOf`: of a program, never a name of its owner's. */
export function engineStatus(
  engines: readonly EngineView[],
  { isSettled, platform, labelOf }: { isSettled: boolean; platform: NodeJS.Platform; labelOf: (engine: EngineView) => string },
): Verdict | null {
  const ready = engines.filter(({ state }) => state === 'ready')
  const models = new Set(ready.flatMap((engine) => engine.models.map(({ name }) => name))).size
  const [first] = ready
  if (first !== undefined && models > 0) {
    return { ok: true, detail: `${ready.length === 1 ? labelOf(first) : `${ready.length} engines`}, ${modelsText(models)}` }
  }
  if (!isSettled) return null
  if (first !== undefined) return { ok: false, problem: noModel(labelOf(first)).toFailure() }
  const problem = engines.find((engine) => engine.problem !== null)?.problem ?? noEngine(platform).toFailure()
  return { ok: false, problem }
}

export const modelsText = (models: number): string => (models === 1 ? '1 model' : `${models} models`)
