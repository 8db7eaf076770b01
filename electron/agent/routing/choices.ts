/**
 * Who can serve an address, worked out once and kept until something changes: a program asks for the same thing a
 * thousand times a second, while members, policies and services change a few times a day.
 */
import type { LoadBalancing, PolicyRules } from '../../contract/routing.ts'
import type { Capabilities, Identity, Membership, Policies, Services, SettingsStore } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { type Candidate, chooseCandidates, type LeftOut, type World } from './candidates.ts'
import { statisticsKey } from './node-statistics.ts'
import { applyRules, type Way } from './policy.ts'
import { parseAddress, type Target, thingName } from './target.ts'

export interface ChoicesComponents {
  identity: Pick<Identity, 'id'>
  settings: Pick<SettingsStore, 'get'>
  membership: Pick<Membership, 'meshes' | 'members'>
  capabilities: Pick<Capabilities, 'own'>
  services: Pick<Services, 'list'>
  policies: Pick<Policies, 'rulesFor'>
  clock: Clock
  wayTo: (node: string) => Way
}

/** A candidate as it is asked: with its tier, and the key under which its statistics are kept. */
export interface Ready extends Candidate {
  tier: number
  key: string
}

export interface Choices {
  target: Omit<Target, 'rest'>
  /** Name of the wanted thing in statistics and limits. */
  thing: string
  candidates: readonly Ready[]
  leftOut: readonly LeftOut[]
  loadBalancing: LoadBalancing | null
}

/** What was worked out is kept so long at most, ms: latencies change without a word. */
const longest = 1_000
const maxKept = 256

export interface ChoiceMaker {
  /** Throws as `parseAddress` and `chooseCandidates` do. */
  of(address: string): Choices
  /** For a target that is no address: the same, not kept. */
  forTarget(target: Omit<Target, 'rest'>): Choices
  /** Something changed: everything is worked out anew. */
  forget(): void
}

export function createChoices(components: ChoicesComponents): ChoiceMaker {
  const { clock } = components
  const kept = new Map<string, { choices: Choices; until: number }>()
  let world: World | null = null

  const forTarget = (target: Omit<Target, 'rest'>): Choices => {
    world ??= worldOf(components)
    const choice = chooseCandidates(target, world)
    const ranked = applyRules(choice.candidates, rulesFor(components, target), components.wayTo)
    const thing = thingName(target.wanted)
    return {
      target,
      thing,
      candidates: ranked.candidates.map((candidate) => ({
        ...candidate,
        key: statisticsKey(candidate.nodeId, thingName(candidate.wanted)),
      })),
      leftOut: [...choice.leftOut, ...ranked.leftOut],
      loadBalancing: ranked.loadBalancing,
    }
  }

  return {
    forTarget,
    of(address) {
      const now = clock.monotonic()
      const known = kept.get(address)
      if (known !== undefined && now < known.until) return known.choices
      const choices = forTarget(parseAddress(address))
      kept.delete(address)
      kept.set(address, { choices, until: now + longest })
      if (kept.size > maxKept) kept.delete(kept.keys().next().value as string)
      return choices
    },
    forget() {
      kept.clear()
      world = null
    },
  }
}

/** Rules are about capabilities: who asks for a service by name means that service. This node is judged by the mesh it is asked in. */
function rulesFor(
  { policies, membership }: ChoicesComponents,
  { mesh, wanted }: Omit<Target, 'rest'>,
): (candidate: Candidate) => PolicyRules {
  if (wanted.kind === 'service') return () => none
  const meshes = membership.meshes()
  const own = (mesh === null ? undefined : meshes.find(({ id, name }) => id === mesh || name === mesh)) ?? meshes[0]
  return ({ meshId }) => {
    const asked = meshId ?? own?.id
    return asked === undefined ? none : policies.rulesFor(asked, wanted.capability)
  }
}

const none: PolicyRules = {}

function worldOf({ identity, settings, membership, capabilities, services }: ChoicesComponents): World {
  const self = { nodeId: identity.id, name: settings.get().name, capabilities: capabilities.own(), services: services.list() }
  return {
    self,
    meshes: membership.meshes(),
    members: membership.members(),
  }
}
