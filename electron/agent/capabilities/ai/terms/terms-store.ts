import { type AiTerms, aiTerms, defaultAiTerms } from '../../../../contract/ai.ts'
import type { MetaStore } from '../../../store/meta-store.ts'

/** Keeps the owner's terms. They hold for a new identity of this node too: what was held back is not given away by it. */
export interface TermsStore {
  get(): AiTerms
  /** What is not named stays. Throws a ZodError. */
  update(change: Partial<AiTerms>): AiTerms
}

/** Throws when what is kept makes no sense: terms that are not understood must not be taken for none. */
export function createTermsStore({ meta }: { meta: Pick<MetaStore, 'get' | 'set'> }): TermsStore {
  const kept = meta.get('ai_terms')
  let terms = kept === null ? defaultAiTerms : aiTerms.parse(JSON.parse(kept))
  return {
    get: () => terms,
    update(change) {
      const next = aiTerms.parse({ ...terms, ...change })
      meta.set('ai_terms', JSON.stringify(next))
      terms = next
      return terms
    },
  }
}
