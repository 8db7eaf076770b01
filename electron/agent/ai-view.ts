import type { AiView } from '../contract/ai.ts'
import type { AiUsage, Engines, Models } from './components.ts'

interface AiParts {
  engines: Pick<Engines, 'list' | 'embedded' | 'terms'>
  models: Pick<Models, 'view'>
  aiUsage: Pick<AiUsage, 'today'>
}

/** What the faces show of language models, from those who own it. */
export const aiView = ({ engines, models, aiUsage }: AiParts): AiView => ({
  ...models.view(),
  terms: engines.terms(),
  engines: engines.list(),
  embedded: engines.embedded(),
  use: aiUsage.today(),
})
