import type { MeantModel, ModelAt, ModelDirectory, NodeId } from '../../components.ts'
import type { WorkCall, Outline } from '../../dialects/dialect.ts'
import type { TokenCount } from '../../protocol/token-count.ts'
import type { Random } from '../../support/random.ts'
import type { AnswerForm } from '../answer-form.ts'
import type { Balancer, LoadOf } from '../balancer.ts'
import type { ChoiceMaker, Choices, Ready } from '../choices.ts'
import type { Hop } from '../hop.ts'
import { statisticsKey } from '../node-statistics.ts'
import type { PeerHops } from '../peer-hop.ts'
import type { Asked, Plan, Planner } from '../plan.ts'
import type { ServingLimits } from '../serving-limits.ts'
import type { Conversations } from './conversations.ts'
import { pickPlace, type Place } from './model-choice.ts'
import { noPlace, type PlaceLeftOut, unknownModel } from './no-place.ts'

export interface ModelPlannerComponents {
  directory: Pick<ModelDirectory, 'meant' | 'usable'>
  /** Of those who offer `ai`; this node's own engines are among them whether peers get them or not. */
  choices: Pick<ChoiceMaker, 'of'>
  load: LoadOf<{ key: string; own: boolean; nodeId: NodeId }>
  /** For a mesh whose policy says how the work is shared. */
  balancer: Balancer
  conversations: Conversations
  limits: Pick<ServingLimits, 'own'>
  peers: PeerHops
  /** The way to this node's own engines. */
  ownHop: (path: string) => Hop
  random: Pick<Random, 'fraction'>
  /** A peer has worked for a program here. */
  count: (node: NodeId, count: TokenCount) => void
}

/** A request that was read and understood. */
export interface ModelAsk {
  call: WorkCall
  outline: Outline
  /** Its body as it came, and what that says. */
  raw: Buffer
  body: Record<string, unknown>
  /** As the program sent it, without query. */
  path: string
  form: AnswerForm
}

/** A place that may be asked. */
interface Entry {
  candidate: Ready
  at: ModelAt
  /** In the list of an alias, 0 first. */
  preference: number
  key: string
}

/** Where programs ask for models, whatever mesh they are in. */
export const modelsAddress = '/capabilities/any/ai'

/** Under which the statistics of a node for a model are kept: one that is out of memory for a large model serves small ones all the same. */
export const modelKey = (node: NodeId, model: string): string => statisticsKey(node, `model:${model}`)

/** What the program says about itself and its key is none of the peers' business; these decide the form of the answer. */
const passes: ReadonlySet<string> = new Set(['accept', 'anthropic-version', 'anthropic-beta', 'openai-beta', 'idempotency-key'])

/** Plans for programs that ask for a model: the place where the answer is likely to be whole first. */
export function createModelPlanner(components: ModelPlannerComponents): (ask: ModelAsk) => Planner {
  const { directory, choices, count } = components
  return (ask) => (_request, _caller, attempted) => {
    const chosen = choices.of(modelsAddress)
    const arrived = { from: null, kind: 'capability' as const, what: 'ai', mesh: chosen.candidates[0]?.meshId ?? null }
    attempted.arrived = arrived
    const { model } = ask.outline
    const meant = directory.meant(model)
    if (meant.length === 0) throw unknownModel(model, directory.usable().map(({ name }) => name)) // prettier-ignore
    const { entries, leftOut } = placesOf(meant, chosen)
    if (entries.length === 0) throw noPlace(model, leftOut)
    return {
      ...{ origin: { kind: 'program' }, arrived, gate: null, use: null, check: () => undefined },
      ...inTurn(components, { entries, loadBalancing: chosen.loadBalancing }, ask),
      read: { bytes: ask.raw.length, passes, form: ask.form, counted: count },
    } satisfies Plan
  }
}

type Chosen = ReturnType<ChoiceMaker['of']>

function placesOf(meant: readonly MeantModel[], { candidates, leftOut }: Chosen): { entries: Entry[]; leftOut: PlaceLeftOut[] } {
  const ready = new Map(candidates.map((candidate) => [candidate.nodeId, candidate]))
  const away = new Map(leftOut.map(({ id, why }) => [id, why]))
  const found = { entries: [] as Entry[], leftOut: [] as PlaceLeftOut[] }
  for (const [preference, { model, places }] of meant.entries()) {
    for (const at of places) {
      const candidate = ready.get(at.node)
      const why = candidate === undefined ? (away.get(at.node) ?? 'offline') : at.whyNot
      if (candidate !== undefined && why === null) found.entries.push({ candidate, at, preference, key: modelKey(at.node, model) })
      else if (why !== null) found.leftOut.push({ id: at.node, name: at.nodeName, why })
    }
  }
  return found
}

/** One place after the other, each chosen when it is needed by what is known then. */
function inTurn(
  components: ModelPlannerComponents,
  { entries, loadBalancing }: { entries: readonly Entry[] } & Pick<Choices, 'loadBalancing'>,
  ask: ModelAsk,
): Pick<Plan, 'next' | 'hasMore'> {
  const { conversations, random, balancer, load } = components
  const { opening } = ask.outline
  const bodies = createBodies(ask)
  let left = entries
  return {
    next() {
      const places = left.map((entry) => placeOf(components, entry, opening))
      const at =
        loadBalancing === null
          ? pickPlace(places, random)
          : balancer.pick(places, loadBalancing, `model:${ask.outline.model}`, { ...load, underWay: busyAt, isFailing: failsAt })
      const entry = left[at]
      if (entry === undefined) return null
      left = left.toSpliced(at, 1)
      conversations.wentTo({ model: entry.at.listed.name, opening }, entry.at.node)
      return askedAt(components, entry, { path: ask.path, body: bodies(entry.at.listed.name) })
    },
    hasMore: () => left.length > 0,
  }
}

/** A place, as both ways of choosing see it. */
type Seen = Place & { key: string; own: boolean; nodeId: NodeId }

const busyAt = ({ busy }: Seen): number => busy
const failsAt = ({ isFailing }: Seen): boolean => isFailing

function placeOf({ load, conversations }: ModelPlannerComponents, { candidate, at, preference, key }: Entry, opening: string): Seen {
  const { listed } = at
  const measured = { key, own: at.own, nodeId: at.node }
  const { name, loaded, size, firstTokenMs, tokensPerSecond } = listed
  return {
    ...measured,
    tier: preference * tiersOfPolicy + candidate.tier,
    isFailing: load.isFailing(measured),
    ...{ loaded, size, firstTokenMs, tokensPerSecond },
    busy: at.busyOfOthers + load.underWay(measured),
    distance: load.distance(measured),
    isFamiliar: conversations.nodeOf({ model: name, opening }) === at.node,
  }
}

/** More than a policy has (policy.ts). */
const tiersOfPolicy = 1_024

function askedAt(
  { peers, ownHop, limits }: ModelPlannerComponents,
  { candidate, at, key }: Entry,
  sent: { path: string; body: Buffer },
): Asked {
  const { path, body } = sent
  if (at.own) return { hop: ownHop(path), key, body, hold: () => limits.own(candidate.wanted) }
  return { hop: peers(candidate, path), key, body }
}

/** The body as it came, or with the name that the model has where it is sent. */
function createBodies({ outline, raw, body }: ModelAsk): (model: string) => Buffer {
  const renamed = new Map<string, Buffer>()
  return (model) => {
    if (model === outline.model) return raw
    const known = renamed.get(model) ?? Buffer.from(JSON.stringify({ ...body, model }))
    renamed.set(model, known)
    return known
  }
}
