/**
 * What is known of the models of this node and of all members: the lists that they give (node-lists.ts), this node's own
 * engines, and the names that the user gave. It answers from memory.
 */
import type { ModelView, PlaceWhyNot } from '../../contract/ai.ts'
import type { WhyNot } from '../../contract/routing.ts'
import type { Engines, ModelAt, ModelDirectory, NodeId, Startable } from '../components.ts'
import type { ListedModel, ModelList } from '../protocol/model-list.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { catalogueOf, factsOf, type FoundModel, modelViews, type NodeModels } from './catalogue.ts'
import { modelsMeant } from './model-names.ts'
import type { NodeLists } from './node-lists.ts'

/** What was put together is kept so long at most, ms: a program may ask a thousand times a second, and latencies change without a word. */
const keptFor = 250
/** Longest wait for those who were never asked, ms: whoever does not answer by then is left out for now. */
const lookLimit = 2_000

interface ModelDirectoryComponents {
  self: () => { id: NodeId; name: string }
  engines: Pick<Engines, 'models' | 'changed' | 'look'>
  lists: NodeLists
  aliases: () => Readonly<Record<string, readonly string[]>>
  /** Who may be asked (null), and why not the others. */
  standing: () => ReadonlyMap<NodeId, WhyNot | null>
  /** Requests of this node for a model under way there, and whether it fails. */
  load: (node: NodeId, model: string) => { underWay: number; isFailing: boolean }
  clock: Clock
}

export interface OwnedModelDirectory extends ModelDirectory, Startable {
  readonly changed: Signal<void>
  view(): ModelView[]
}

export function createModelDirectory(components: ModelDirectoryComponents): OwnedModelDirectory {
  const { self, engines, lists, aliases, standing, load, clock } = components
  const changed = createEmitter({
    watched(isWatched) {
      lists.watch(isWatched)
      if (isWatched) engines.look()
    },
  })
  /** Requests of others, by node and model, when the node told so; with the number of that answer. */
  const others = new Map<NodeId, { answers: number; busy: ReadonlyMap<string, number> }>()
  let ends: (() => void)[] = []

  const note = () => {
    const known = lists.all()
    for (const { node, list, answers } of known) {
      if (list !== null && others.get(node.id)?.answers !== answers) others.set(node.id, { answers, busy: othersIn(node.id, list) })
    }
    const ids = new Set(known.map(({ node }) => node.id))
    for (const id of others.keys()) if (!ids.has(id)) others.delete(id)
    announce()
  }

  const othersIn = (node: NodeId, { models }: ModelList): ReadonlyMap<string, number> =>
    new Map(models.map(({ name, busy }) => [name, Math.max(0, busy - load(node, name).underWay)]))

  let kept: { catalogue: ReadonlyMap<string, readonly FoundModel[]>; until: number } | null = null
  const announce = () => {
    kept = null
    changed.emit()
  }

  const catalogue = (): ReadonlyMap<string, readonly FoundModel[]> => {
    const now = clock.monotonic()
    if (kept === null || now >= kept.until) kept = { catalogue: putTogether(), until: now + keptFor }
    return kept.catalogue
  }

  const putTogether = () => {
    const may = standing()
    const own: NodeModels = { node: self(), own: true, list: engines.models(), whyNot: null }
    const members = lists.all().flatMap(({ node, list, whyNot }): NodeModels[] => {
      const why = may.get(node.id)
      // nobody is asked who is not there; of those who are, what they answered counts
      return list === null ? [] : [{ node, own: false, list, whyNot: (why === undefined ? 'offline' : why) ?? whyNot }]
    })
    return catalogueOf([own, ...members])
  }

  const placeOf = ({ node, own, listed, whyNot }: FoundModel): ModelAt => ({
    ...{ node: node.id, nodeName: node.name, own, listed },
    busyOfOthers: own
      ? Math.max(0, listed.busy - load(node.id, listed.name).underWay)
      : (others.get(node.id)?.busy.get(listed.name) ?? listed.busy),
    whyNot: whyNot === null || mayHavePassed.has(whyNot) ? null : whyNot,
  })

  return {
    changed,
    view: () => modelViews(putTogether(), (node, model) => load(node, model).isFailing),
    async look() {
      let cancel = () => {}
      const limit = new Promise<void>((resolve) => (cancel = clock.after(lookLimit, resolve)))
      await Promise.race([lists.use(), limit])
      cancel()
    },
    meant(name) {
      const found = catalogue()
      return modelsMeant(name, found, aliases()).map((model) => ({ model, places: (found.get(model) ?? []).map(placeOf) }))
    },
    usable() {
      const found = catalogue()
      const models = new Map([...found].flatMap(([name, places]) => usableAt(name, places) ?? []).map((one) => [one.name, one]))
      const named = Object.keys(aliases()).flatMap((alias): ListedModel[] => {
        const [first] = modelsMeant(alias, models, aliases())
        const model = first === undefined || models.has(alias) ? undefined : models.get(first)
        return model === undefined ? [] : [{ ...model, name: alias }]
      })
      return [...models.values(), ...named].toSorted((a, b) => a.name.localeCompare(b.name))
    },
    async start() {
      ends = [lists.changed.subscribe(note), engines.changed.subscribe(announce)]
      await lists.start()
    },
    async stop() {
      for (const end of ends.splice(0)) end()
      await lists.stop()
      others.clear()
    },
  }
}

/** A node that could not be asked for its list a moment ago is worth a request all the same: routing knows whether it is there. */
const mayHavePassed: ReadonlySet<PlaceWhyNot> = new Set(['offline', 'problem', 'failing', 'starting', 'inactive'])

/** One line for all places that can be asked; null when there is none. */
function usableAt(name: string, places: readonly FoundModel[]): ListedModel | null {
  const listed = places.flatMap((place) => (place.whyNot === null ? place.listed : []))
  const [first] = listed
  if (first === undefined) return null
  return { ...first, name, ...factsOf(listed), loaded: listed.some(({ loaded }) => loaded === true) ? true : first.loaded }
}
