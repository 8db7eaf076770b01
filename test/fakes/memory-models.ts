import type { ModelAt, ModelDirectory, NodeId } from '../../electron/agent/components.ts'
import { type ListedModel, listedModel } from '../../electron/agent/protocol/model-list.ts'

/** A model as a node tells of it; each takes what a test wants different. */
export const listed = (name: string, more: Partial<ListedModel> = {}): ListedModel =>
  listedModel.parse({
    ...{ name, uses: ['chat'], contextLength: 8_192, size: 2_000_000_000, parameters: '3B', quantization: 'Q4_K_M', loaded: true },
    ...{ engine: 'ollama', busy: 0, firstTokenMs: 200, tokensPerSecond: 40, fits: true },
    ...more,
  })

export interface MemoryModels extends ModelDirectory {
  /** From now on this node has the model. */
  add(node: { id: NodeId; name: string; own?: boolean }, model: ListedModel, more?: Partial<ModelAt>): void
  /** How often somebody has said that models are used. */
  readonly looks: number
}

/** A directory that knows what a test tells it; aliases stand for models in the order given. */
export function createMemoryModels(aliases: Readonly<Record<string, readonly string[]>> = {}): MemoryModels {
  const places: ModelAt[] = []
  let looks = 0
  const named = (model: string) => ({ model, places: places.filter((place) => place.listed.name === model) })
  return {
    get looks() {
      return looks
    },
    add: ({ id, name, own = false }, model, more = {}) =>
      void places.push({ node: id, nodeName: name, own, listed: model, busyOfOthers: model.busy, whyNot: null, ...more }),
    look: async () => void looks++,
    meant: (name) => [name, ...(aliases[name] ?? [])].map(named).filter((one) => one.places.length > 0),
    usable: () => [...new Map(places.map((place) => [place.listed.name, place.listed])).values()],
  }
}
