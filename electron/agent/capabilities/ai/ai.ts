/**
 * The serving side of language models: puts engines, terms, counts and the server together, as the capability `ai` and as
 * what calls and snapshot know of it (`Engines`). Wiring only.
 */
import type { EngineView } from '../../../contract/ai.ts'
import type { Engines } from '../../components.ts'
import type { MetaStore } from '../../store/meta-store.ts'
import type { Clock } from '../../support/clock.ts'
import type { DialGuard } from '../../support/dial-guard.ts'
import { knock } from '../../support/knock.ts'
import { createLineWatch } from '../../support/line-watch.ts'
import type { Logger } from '../../support/logger.ts'
import type { Random } from '../../support/random.ts'
import { createEmitter } from '../../support/signal.ts'
import type { CapabilityProvider, CapabilityServer } from '../provider.ts'
import { createAiProvider } from './ai-provider.ts'
import { engineStatus } from './engine-status.ts'
import { createEngineList } from './engines/engine-list.ts'
import type { EngineStore } from './engines/engine-store.ts'
import { profileOf, usualPorts } from './engines/identify.ts'
import { type OwnEngine, ownEngineLabel, ownEngineView, readyOwnEngine } from './own-engine.ts'
import { createEngineClient, type EngineClient } from './serving/engine-client.ts'
import { createModelOffer } from './serving/model-offer.ts'
import { createModelPaces } from './serving/model-pace.ts'
import { createModelServer } from './serving/model-server.ts'
import { createTermsStore } from './terms/terms-store.ts'
import type { KeptAiUsage } from './usage/ai-usage.ts'

interface AiComponents {
  store: EngineStore
  meta: Pick<MetaStore, 'get' | 'set'>
  usage: KeptAiUsage
  own: OwnEngine
  guard: DialGuard
  clock: Clock
  random: Random
  log: Logger
}

export interface Ai {
  provider: CapabilityProvider
  engines: Engines
}

interface AiOptions {
  platform?: NodeJS.Platform
  /** Loopback ports at which engines are looked for. */
  ports?: readonly number[]
}

export function createAi(
  { store, meta, usage, own, guard, clock, random, log }: AiComponents,
  { platform = process.platform, ports = usualPorts }: AiOptions = {},
): Ai {
  const changed = createEmitter()
  const terms = createTermsStore({ meta })
  const paces = createModelPaces({ clock })
  const list = createEngineList({ store, guard, clock, random }, { ports })
  let client: EngineClient | null = null
  for (const part of [list, own]) part.changed.subscribe(() => changed.emit())

  const ready = () => [...readyOwnEngine(own), ...list.ready()]
  const views = () => [...ownEngineView(own), ...list.views()]
  const offer = createModelOffer({ ready, terms: terms.get, usedToday: usage.servedToday, paces, clock })
  const engineClient = () => (client ??= createEngineClient({ guard }))
  const context = { now: () => clock.now(), newId: () => Buffer.from(random.bytes(12)).toString('hex') }
  const parts = {
    ...{ offer, usage, log, paces, clock, context },
    lines: createLineWatch({ clock, knock }),
    engines: { verify: async (id: string) => id === 'embedded' || list.verify(id), used: list.used },
    client: { ask: (...asked: Parameters<EngineClient['ask']>) => engineClient().ask(...asked) },
  }
  /** What the switch of the capability is about, and what programs of this computer use whatever it says. */
  const [shared, ownUse] = [createModelServer(parts), createModelServer(parts)]

  const capability: CapabilityServer = {
    changed,
    give: list.give,
    serve: shared.serve,
    status: () => engineStatus(views(), { isSettled: list.isSettled(), platform, labelOf }),
    async start() {
      await shared.start()
      list.lookAgain()
    },
    stop: shared.stop,
  }
  const engines: Engines = {
    changed,
    list: views,
    look: list.lookAgain,
    models: () => offer.list(null),
    serve: ownUse.serve,
    terms: terms.get,
    setTerms(change) {
      terms.update(change)
      changed.emit()
    },
    add: list.add,
    remove: list.remove,
    embedded: own.view,
    addFile: own.add,
    removeFile: own.remove,
    async start() {
      await Promise.all([own.start(), list.start(), usage.start(), ownUse.start()])
    },
    async stop() {
      await Promise.all([shared.stop(), ownUse.stop()])
      await Promise.all([own.stop(), list.stop(), usage.stop()])
      const ended = client
      client = null
      await ended?.close()
    },
  }
  return { provider: createAiProvider(capability), engines }
}

/** Never what an owner calls it: it is on every peer's screen. */
const labelOf = ({ kind }: EngineView): string => (kind === 'embedded' ? ownEngineLabel : profileOf(kind).label)
