/** Who would be asked for a thing now, in which order, and why the others would not: the choice itself, asked without a request. */
import type { ChoiceView } from '../../contract/routing.ts'
import type { LoadOf } from './balancer.ts'
import type { ChoiceMaker, Ready } from './choices.ts'
import type { Target } from './target.ts'

interface ExplainComponents {
  choices: Pick<ChoiceMaker, 'forTarget'>
  load: Pick<LoadOf<Ready>, 'distance' | 'underWay' | 'isFailing'>
}

export type Explain = (target: Omit<Target, 'rest'>) => ChoiceView

/**
 * Nodes of one tier share the work; within it the nearest is listed first. Tiers are numbered anew from 0, as people
 * count. Who fails just now is asked only when nobody else is left, so it is no candidate while there is another.
 * Throws `not_found` for an unknown mesh or peer, `ambiguous` for a name that fits several.
 */
export function createExplain({ choices, load }: ExplainComponents): Explain {
  const view = (candidate: Ready): ChoiceView['candidates'][number] => {
    const { nodeId: id, name, tier } = candidate
    const latencyMs = load.distance(candidate)
    return { id, name, tier, latencyMs: latencyMs === null ? null : Math.round(latencyMs * 10) / 10, underWay: load.underWay(candidate) }
  }
  return (target) => {
    const { candidates, leftOut } = choices.forTarget(target)
    const { failing = [], well = [] } = Object.groupBy(candidates, (candidate) => (load.isFailing(candidate) ? 'failing' : 'well'))
    const isLastResort = well.length === 0
    const asked = (isLastResort ? failing : well).map(view).toSorted(byOrder)
    const tiers = [...new Set(asked.map(({ tier }) => tier))]
    return {
      candidates: asked.map((one) => ({ ...one, tier: tiers.indexOf(one.tier) })),
      leftOut: [...leftOut, ...(isLastResort ? [] : failing.map(({ nodeId: id, name }) => ({ id, name, why: 'failing' as const })))],
    }
  }
}

function byOrder(a: ChoiceView['candidates'][number], b: ChoiceView['candidates'][number]): number {
  return a.tier - b.tier || (a.latencyMs ?? Infinity) - (b.latencyMs ?? Infinity) || a.name.localeCompare(b.name)
}
