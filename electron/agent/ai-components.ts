/**
 * How the two sides of language models know each other and are known to calls and snapshot; as components.ts, which
 * passes it on, without any implementation. `capabilities/ai` serves (engines, terms), `models` asks (directory, choice,
 * doors, trials).
 */
import type { AiTerms, AiUse, AiView, EmbeddedView, EngineView, ModelFile, PlaceWhyNot, TrialAnswer } from '../contract/ai.ts'
import type { CallArgs } from '../contract/calls.ts'
import type { NodeId, RequestServer, Startable } from './components.ts'
import type { ListedModel, ModelList } from './protocol/model-list.ts'
import type { Signal } from './support/signal.ts'

/** Owner of the engines that this node uses, and of the terms on which peers use them. */
export interface Engines extends Startable {
  /** Something that `list`, `models`, `embedded` or `terms` says is another. */
  readonly changed: Signal<void>
  list(): EngineView[]
  /** Somebody wants to know: every place is looked at in a moment. */
  look(): void
  /** What programs on this computer may use: as `GET /fcn/models` answers them. Cheap. */
  models(): ModelList
  /** Answers programs of this computer, in any dialect, whether the capability is on or off: that is about peers. */
  readonly serve: RequestServer
  terms(): AiTerms
  /** What is not named stays. Throws `invalid_input`. */
  setTerms(change: Partial<AiTerms>): void
  /** Throws `invalid_input`, `refused_address`, `conflict` for one that is there already, `too_many`. */
  add(engine: CallArgs<'ai.engine.add'>): Promise<EngineView>
  /** By id, name or URL. Throws `not_found`, `ambiguous`, and `invalid_input` for one that was found by itself. */
  remove(reference: string): Promise<EngineView>
  embedded(): EmbeddedView
  /** Throws `not_found` when there is no such file, `invalid_input` when it is no GGUF, `conflict` for a name that is taken, `too_many`. */
  addFile(file: CallArgs<'ai.file.add'>): Promise<ModelFile>
  /** Throws `not_found`. */
  removeFile(model: string): Promise<ModelFile>
}

/** Owner of how many tokens went to peers and came from them: counts only, by day. */
export interface AiUsage {
  readonly changed: Signal<void>
  count(use: { peer: NodeId; direction: AiUse['direction']; tokensIn: number; tokensOut: number }): void
  /** Of the day that it is here now. */
  today(): AiUse[]
  /** The newest day first. */
  list(days: number): (AiUse & { day: string })[]
}

/** Chats by which a person tries a model. In memory only, a few at a time. */
export interface Trials {
  /** Throws `busy` when too many run. */
  start(ask: CallArgs<'ai.trial.start'>): TrialAnswer
  /** Waits up to 10 s for more text than is known. Throws `not_found`. */
  read(ask: CallArgs<'ai.trial.read'>): Promise<TrialAnswer>
  /** Throws `not_found`. */
  stop(id: string): TrialAnswer
  /** The node stops: all of them end. */
  close(): void
}

/** Owner of what a person chose about asking for models, and of what is known of the models of all meshes. */
export interface Models extends Startable {
  readonly changed: Signal<void>
  view(): Pick<AiView, 'url' | 'aliases' | 'needsKey' | 'doors' | 'models'>
  /** Somebody wants to know it as it is now: as `ModelDirectory.look`. */
  look(): Promise<void>
  /** Kept, then in force at once; whether a door could be opened is in the view. Throws `invalid_input`. */
  set(change: Partial<Pick<AiView, 'aliases' | 'needsKey'>> & { doors?: AiView['doors'][number]['door'][] }): Promise<void>
}

/** A model at one node, as the node tells of it to this one. */
export interface ModelAt {
  node: NodeId
  nodeName: string
  own: boolean
  listed: ListedModel
  /** Requests under way and waiting there that are not this node's. */
  busyOfOthers: number
  /** Why the node would not let this one use it, as it said itself; null: it would. */
  whyNot: PlaceWhyNot | null
}

/** A model by which a name could be meant, and where it is. */
export interface MeantModel {
  model: string
  places: readonly ModelAt[]
}

/** What is known of the models of this node and all members. Cheap but for `look`. */
export interface ModelDirectory {
  /** Somebody uses models: what is old is asked for anew. Resolves when everybody who is there has been asked once, after two seconds at most. */
  look(): Promise<void>
  /** What the name stands for, in the order of preference: the model itself, else those of an alias. Empty: nothing. */
  meant(name: string): readonly MeantModel[]
  /** Every model that can be used now, and every alias that leads to one. */
  usable(): readonly ListedModel[]
}
