import type { EngineView } from '../../../../contract/ai.ts'
import { portOf } from '../../../support/authority.ts'
import type { EngineWatch } from './engine-watch.ts'
import { profiles } from './identify.ts'

/** An engine as the faces show it: whether it has a key, never which. */
export function engineView({ place, current }: EngineWatch): EngineView {
  const state = current()
  const facts = state.state === 'starting' ? null : state.facts
  const port = portOf(new URL(place.url))
  // nothing has answered yet: the likeliest one at its port
  const kind = facts?.kind ?? profiles.find(({ ports }) => ports.includes(port))?.kind ?? 'openai'
  const label = facts?.label ?? profiles.find((profile) => profile.kind === kind)?.label ?? new URL(place.url).host
  return {
    ...{ id: place.id, kind, name: place.name ?? label, url: place.url, origin: place.origin, hasKey: place.key !== null },
    state: state.state,
    problem: state.state === 'problem' ? state.problem : null,
    version: facts?.version ?? null,
    freeMemory: null,
    models: state.state === 'ready' ? state.models : [],
  }
}
