import type { EngineView } from '../../../../contract/ai.ts'
import { FcnError } from '../../../errors.ts'
import { engineUrl } from './engine-url.ts'

/** The engine that is meant by its id, its URL, or its name in any case. Throws `not_found`, `ambiguous` with the ids. */
export function engineMeant(engines: readonly EngineView[], reference: string): EngineView {
  const wanted = reference.trim()
  const url = /^https?:/iu.test(wanted) && URL.canParse(wanted) ? engineUrl(wanted) : null
  const exact = engines.find((engine) => engine.id === wanted || engine.url === url)
  if (exact !== undefined) return exact
  const [only, ...others] = engines.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase())
  if (only === undefined) {
    throw new FcnError('not_found', `There is no engine “${wanted.slice(0, 100)}” here.`, {
      action: 'Use the name, the address or the id of an engine in the list.',
    })
  }
  if (others.length === 0) return only
  const ids = [only, ...others].map(({ id }) => id)
  throw new FcnError('ambiguous', `${ids.length} engines have the name “${wanted.slice(0, 100)}”.`, {
    action: `Use the id: ${ids.join(', ')}.`,
    details: { ids },
  })
}
