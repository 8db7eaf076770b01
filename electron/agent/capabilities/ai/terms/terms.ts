/** What the owner's terms say about one request. Pure. Who may use the capability at all, when, and how much at once, is decided before. */
import type { AiTerms } from '../../../../contract/ai.ts'
import type { NodeId } from '../../../components.ts'
import { FcnError } from '../../../errors.ts'

/** Who asks; null: a program on this computer, for which no terms hold. */
export type ModelCaller = NodeId | null

/** Whether the caller may use a model, by its name at the engine. */
export function isShared({ models }: AiTerms, caller: ModelCaller, model: string): boolean {
  if (caller === null || models === null) return true
  const allowed = Object.hasOwn(models, model) ? models[model] : undefined
  return allowed === 'all' || allowed?.includes(caller) === true
}

/** Tokens that the caller may still have today; null: no limit. `used`: what it had. */
export function tokensLeft({ tokensPerPeerAndDay }: AiTerms, caller: ModelCaller, used: number): number | null {
  return caller === null || tokensPerPeerAndDay === null ? null : Math.max(0, tokensPerPeerAndDay - used)
}

/** The tokens of the day are used up; `until` midnight, seconds. */
export const budgetSpent = (until: number): FcnError =>
  new FcnError('too_many', 'Your node has had all the tokens that the owner of this one gives it in a day.', {
    action: 'Ask another node, or this one after midnight of its clock.',
    details: { retryAfter: until, reason: 'budget_spent' },
  })
