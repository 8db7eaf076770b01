/**
 * Owner of the engines that this node uses: those that were given, and those it finds at the usual ports. Knows where they are, what they are and which models they have; requests go to them through `serving`.
 */
import type { EngineView } from '../../../../contract/ai.ts'
import type { CallArgs } from '../../../../contract/calls.ts'
import type { Startable } from '../../../components.ts'
import { FcnError } from '../../../errors.ts'
import { hostOf, portOf } from '../../../support/authority.ts'
import type { Clock } from '../../../support/clock.ts'
import type { DialGuard } from '../../../support/dial-guard.ts'
import type { Random } from '../../../support/random.ts'
import { createEmitter, type Signal } from '../../../support/signal.ts'
import type { EnginePlace, ReadyEngine } from './engine-place.ts'
import { engineMeant } from './engine-reference.ts'
import type { EngineStore, GivenEngine } from './engine-store.ts'
import { engineUrl, isUsualPlace } from './engine-url.ts'
import { engineView } from './engine-view.ts'
import { createEngineWatch, type EngineWatch } from './engine-watch.ts'

interface EngineListComponents {
  store: EngineStore
  guard: DialGuard
  clock: Clock
  random: Random
}

export interface EngineList extends Startable {
  /** What `views` or `ready` says is another. */
  readonly changed: Signal<void>
  /** Engines that were given, and those that were found. */
  views(): EngineView[]
  ready(): ReadyEngine[]
  /** Every place that is looked at has been looked at once. */
  isSettled(): boolean
  /** A person wants to know: everything is looked at in a moment. */
  lookAgain(): void
  /** Resolves after the first look. Throws `invalid_input`, `refused_address`, `own_address`, `conflict`, `too_many`. */
  add(engine: CallArgs<'ai.engine.add'>): Promise<EngineView>
  /** By id, name or URL. Throws `not_found`, `ambiguous`, and `invalid_input` for one that was found by itself. */
  remove(reference: string): Promise<EngineView>
  /** Adds it without a look, unless it is known or would be found by itself. */
  give(url: URL): void
  /** Looks at it now; whether it still can be asked. */
  verify(id: string): Promise<boolean>
  /** It has worked: its models in memory may be others. */
  used(id: string): void
}

/** Engines that a person may give: each is looked at again and again. */
const maxGiven = 16

/** `ports`: of loopback, at which engines are looked for. */
export function createEngineList(
  { store, guard, clock, random }: EngineListComponents,
  { ports }: { ports: readonly number[] },
): EngineList {
  const changed = createEmitter()
  const watches = new Map<string, EngineWatch>()
  let running = false

  const addWatch = (place: EnginePlace) => {
    const watch = createEngineWatch({ guard, clock, random, onChange: () => changed.emit() }, place)
    watches.set(place.id, watch)
    if (running) watch.start()
    return watch
  }
  const dropWatch = async (id: string) => {
    const watch = watches.get(id)
    watches.delete(id)
    await watch?.stop()
  }
  for (const given of store.all()) addWatch(placeOf(given))

  /** Looks at the usual places that nobody gave. */
  const reviewSearch = async () => {
    const wanted = new Map(running ? usualPlaces(ports, store.all()).map((place) => [place.id, place]) : [])
    const gone = [...watches.values()].filter(({ place }) => place.origin === 'found' && !wanted.has(place.id))
    for (const place of wanted.values()) if (!watches.has(place.id)) addWatch(place)
    await Promise.all(gone.map(({ place }) => dropWatch(place.id)))
  }

  const keep = ({ url, key, name }: Omit<GivenEngine, 'id'>): EngineWatch => {
    if (store.all().length >= maxGiven)
      throw new FcnError('too_many', `There are ${maxGiven} engines already.`, { action: 'Remove one first.' })
    const engine = { id: Buffer.from(random.bytes(6)).toString('hex'), url, key, name }
    store.add(engine, clock.now())
    return addWatch(placeOf(engine))
  }

  /** Those that were given, and of the usual places those with an engine. */
  const shown = () => [...watches.values()].filter((watch) => watch.place.origin === 'given' || wasThere(watch))
  const views = () => shown().map(engineView)

  return {
    changed,
    views,
    ready: () => [...watches.values()].flatMap(readyEngine),
    isSettled: () => [...watches.values()].every((watch) => watch.current().state !== 'starting'),

    lookAgain() {
      for (const watch of watches.values()) watch.lookSoon()
    },

    async add({ url: text, key, name }) {
      const url = engineUrl(text)
      guard.check(hostOf(new URL(url)), portOf(new URL(url)))
      if (store.all().some((engine) => engine.url === url))
        throw new FcnError('conflict', `The engine at ${url} is there already.`, { action: 'Remove it first to change its key or name.' })
      const watch = keep({ url, key: key ?? null, name: name ?? null })
      await reviewSearch()
      changed.emit()
      await watch.look()
      return engineView(watch)
    },

    async remove(reference) {
      const view = engineMeant(views(), reference)
      if (view.origin === 'found') {
        throw new FcnError('invalid_input', `${view.name} was found by itself on this computer.`, {
          action: 'Stop that program, or choose in the terms which models are shared.',
        })
      }
      store.remove(view.id)
      await dropWatch(view.id)
      await reviewSearch()
      changed.emit()
      return view
    },

    give(url) {
      const address = engineUrl(url.href)
      if (isUsualPlace(address, ports) || store.all().some((engine) => engine.url === address)) return
      keep({ url: address, key: null, name: null })
      changed.emit()
    },

    verify: async (id) => (await watches.get(id)?.look())?.state === 'ready',
    used: (id) => watches.get(id)?.lookSoon(),

    async start() {
      if (running) return
      running = true
      for (const watch of watches.values()) watch.start()
      await reviewSearch()
    },

    async stop() {
      running = false
      await Promise.all([...watches.values()].map((watch) => watch.stop()))
      await reviewSearch()
    },
  }
}

const placeOf = ({ id, url, key, name }: GivenEngine): EnginePlace => ({ id, origin: 'given', url, key, name })

function usualPlaces(ports: readonly number[], given: readonly GivenEngine[]): EnginePlace[] {
  const taken = new Set(given.filter(({ url }) => isUsualPlace(url, ports)).map(({ url }) => portOf(new URL(url))))
  return ports
    .filter((port) => !taken.has(port))
    .map((port) => ({ id: `found-${port}`, origin: 'found', url: `http://127.0.0.1:${port}`, key: null, name: null }))
}

/** An engine is there, or was a moment ago. */
function wasThere(watch: EngineWatch): boolean {
  const state = watch.current()
  return state.state === 'ready' || (state.state === 'problem' && state.facts !== null)
}

function readyEngine({ place, current }: EngineWatch): ReadyEngine[] {
  const state = current()
  if (state.state !== 'ready') return []
  const { id, url, key } = place
  return [{ id, facts: state.facts, models: state.models, freeMemory: null, connect: () => Promise.resolve({ url, key }) }]
}
