import type { WhyNot } from '../../../contract/routing.ts'
import type { NodeId } from '../../components.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Clock } from '../../support/clock.ts'
import { type ChoicesComponents, createChoices } from '../choices.ts'
import type { NodeStatistics } from '../node-statistics.ts'
import { createConversations } from './conversations.ts'
import { modelAddresses, modelOperation, modelPrefixes } from './model-operations.ts'
import { modelKey, modelsAddress } from './model-plan.ts'
import { createModelSide, type ModelSide, type ModelSideComponents } from './model-side.ts'

/** What is asked of models, in the dialects of programs. */
export interface ModelsSide extends ModelSide {
  /** It takes what is below these, and these very addresses. */
  prefixes: readonly string[]
  /** Each call that it answers, for the description of this node. */
  addresses: readonly { method: string; pattern: string; describe: () => Operation }[]
  /** Who may be asked for models now (null), and why not the others. */
  standing(): ReadonlyMap<NodeId, WhyNot | null>
  /** How it is with a model there: requests of this node under way, and whether it failed again and again just now. */
  load(node: NodeId, model: string): { underWay: number; isFailing: boolean }
}

interface ModelsSideComponents extends Omit<ModelSideComponents, 'choices' | 'conversations'> {
  /** Of the router; which of this node's own engines peers get is none of its programs' business. */
  choosing: ChoicesComponents
  statistics: Pick<NodeStatistics, 'underWay' | 'isFailing'>
  clock: Clock
}

/** The side with what it remembers; `forget` what it knows of who can serve, when that may be another matter. */
export function createModelsSide({ choosing, statistics, ...components }: ModelsSideComponents): { side: ModelsSide; forget: () => void } {
  const choices = createChoices({ ...choosing, capabilities: { own: () => [{ name: 'ai', state: 'ready' }] } })
  const { request } = createModelSide({ ...components, choices, conversations: createConversations(components) })
  return {
    forget: choices.forget,
    side: {
      request,
      prefixes: modelPrefixes,
      addresses: modelAddresses.map((address) => ({ ...address, describe: () => modelOperation(address) })),
      standing() {
        const { candidates, leftOut } = choices.of(modelsAddress)
        return new Map<NodeId, WhyNot | null>([
          ...leftOut.map(({ id, why }) => [id, why] as const),
          ...candidates.map(({ nodeId }) => [nodeId, null] as const),
        ])
      },
      load(node, model) {
        const key = modelKey(node, model)
        return { underWay: statistics.underWay(key), isFailing: statistics.isFailing(key) }
      },
    },
  }
}
