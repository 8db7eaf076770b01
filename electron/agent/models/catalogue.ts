/** All models of the meshes from the lists of those who have them. Pure. */
import { maxModels, maxPlaces, type ModelPlace, type ModelView, type PlaceWhyNot } from '../../contract/ai.ts'
import type { NodeId } from '../components.ts'
import type { ListedModel, ModelList } from '../protocol/model-list.ts'

/** What one node has told. */
export interface NodeModels {
  node: { id: NodeId; name: string }
  own: boolean
  list: ModelList
  /** Why the node is not asked for anything; null: it is. */
  whyNot: PlaceWhyNot | null
}

/** A model where it is. */
export interface FoundModel extends Pick<NodeModels, 'node' | 'own' | 'whyNot'> {
  listed: ListedModel
}

/** Why a place is not asked for this very model, when the node is asked at all. */
function notThere({ loaded, fits }: ListedModel, { tokensLeft }: ModelList): PlaceWhyNot | null {
  if (tokensLeft === 0) return 'budget_spent'
  return fits === false && loaded !== true ? 'no_memory' : null
}

/** By name, this node first, then in the order of names; at most 500 models at 64 places each. */
export function catalogueOf(nodes: readonly NodeModels[]): ReadonlyMap<string, readonly FoundModel[]> {
  const ordered = nodes.toSorted((a, b) => Number(b.own) - Number(a.own) || a.node.name.localeCompare(b.node.name))
  const found = new Map<string, FoundModel[]>()
  for (const { node, own, list, whyNot } of ordered) {
    for (const listed of list.models) {
      const places = found.get(listed.name) ?? []
      if (places.length >= maxPlaces || (places.length === 0 && found.size >= maxModels)) continue
      // a node that lists a name twice has said which is which by the order
      if (!places.some((place) => place.node.id === node.id)) places.push({ node, own, listed, whyNot: whyNot ?? notThere(listed, list) })
      found.set(listed.name, places)
    }
  }
  return found
}

/** As the faces show them, in the order of names. `isFailing`: this node's requests for it failed there again and again just now. */
export function modelViews(
  catalogue: ReadonlyMap<string, readonly FoundModel[]>,
  isFailing: (node: NodeId, model: string) => boolean,
): ModelView[] {
  const viewOf = ([name, places]: [string, readonly FoundModel[]]): ModelView => ({
    ...{ name, ...factsOf(places.map(({ listed }) => listed)) },
    places: places.map((place): ModelPlace => {
      const { engine, loaded, busy, firstTokenMs, tokensPerSecond } = place.listed
      const whyNot = place.whyNot ?? (isFailing(place.node.id, name) ? 'failing' : null)
      return { node: place.node, own: place.own, engine, loaded, busy, firstTokenMs, tokensPerSecond, whyNot }
    }),
  })
  return [...catalogue].map(viewOf).toSorted((a, b) => a.name.localeCompare(b.name))
}

/** What is said of the model itself: of each fact the first place that tells it. */
export function factsOf(listed: readonly ListedModel[]): Omit<ModelView, 'name' | 'places'> {
  const first = <K extends keyof ListedModel>(key: K) => listed.find((one) => one[key] !== null)?.[key] ?? null
  return {
    uses: [...new Set(listed.flatMap(({ uses }) => uses))],
    ...{ contextLength: first('contextLength'), size: first('size'), parameters: first('parameters'), quantization: first('quantization') },
  }
}
