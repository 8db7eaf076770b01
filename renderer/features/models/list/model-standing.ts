/** How a model stands, at one place and at its best. Pure. */
import type { ModelPlace, ModelView } from '../../../../electron/contract/ai.ts'
import type { Mark } from '../../../ui/state-mark.tsx'

export type PlaceReason = NonNullable<ModelPlace['whyNot']>

/** `loaded`: its first word comes soon · `ready`: it is loaded when it is asked · otherwise why it is not asked. */
export type Standing = 'loaded' | 'ready' | PlaceReason

export const standingAt = ({ whyNot, loaded }: Pick<ModelPlace, 'whyNot' | 'loaded'>): Standing =>
  whyNot ?? (loaded === true ? 'loaded' : 'ready')

const marks: Record<Standing, Mark> = {
  loaded: 'online',
  ready: 'online',
  starting: 'checking',
  offline: 'offline',
  left: 'left',
  inactive: 'offline',
  paused: 'paused',
  budget_spent: 'paused',
  problem: 'problem',
  failing: 'problem',
  removed: 'removed',
  not_offered: 'removed',
  no_grant: 'removed',
  no_memory: 'removed',
  relayed: 'removed',
  metered: 'removed',
  too_far: 'removed',
}

export const markOf = (standing: Standing): Mark => marks[standing]

/** Of the reasons that end by themselves the sooner first. */
const hopes: readonly Standing[] = ['loaded', 'ready', 'starting', 'failing', 'no_memory', 'paused', 'budget_spent', 'offline']
const hopeOf = (standing: Standing) => {
  const at = hopes.indexOf(standing)
  return at === -1 ? hopes.length : at
}

/** Places in the order in which one would think of them: usable, loaded, here, quick. */
export function bestFirst(places: readonly ModelPlace[]): ModelPlace[] {
  return places.toSorted(
    (a, b) =>
      hopeOf(standingAt(a)) - hopeOf(standingAt(b)) ||
      Number(b.own) - Number(a.own) ||
      (b.tokensPerSecond ?? 0) - (a.tokensPerSecond ?? 0) ||
      a.node.name.localeCompare(b.node.name),
  )
}

/** Where a model is to be had now, and how it stands at the best place; null when no place is known. */
export interface ModelStanding {
  standing: Standing
  best: ModelPlace
  /** Computers that would be asked; 0 when none would. */
  usable: number
}

export function modelStanding({ places }: Pick<ModelView, 'places'>): ModelStanding | null {
  const best = bestFirst(places)[0]
  if (best === undefined) return null
  const usable = new Set(places.filter(({ whyNot }) => whyNot === null).map(({ node }) => node.id)).size
  return { standing: standingAt(best), best, usable }
}

/** Whether one can talk to it: what an engine says nothing about is taken for a model that chats. */
export const canChat = ({ uses }: Pick<ModelView, 'uses'>): boolean =>
  uses.length === 0 || uses.includes('chat') || uses.includes('completion')

/** What the places of a list are to a person: the names of the first model of it that is to be had, wherever. */
export const firstToBeHad = (names: readonly string[], models: readonly ModelView[]): ModelView | null =>
  names
    .map((name) => models.find((model) => model.name === name))
    .find((model) => model !== undefined && (modelStanding(model)?.usable ?? 0) > 0) ?? null
