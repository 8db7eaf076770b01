/**
 * Owner of the five capabilities of this node: keeps what the user chose, watches the program behind each, and says
 * what is offered. Whether peers get it now is the word of `sharing`. Requests reach a capability through `routing`; nothing here serves anybody.
 */
import { type CapabilityName, capabilityName, capabilityNames } from '../../contract/capability.ts'
import type { CallArgs } from '../../contract/calls.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import { chosenConditions, conditionsFrom } from '../chosen-conditions.ts'
import { chosenLimits, limitsFrom } from '../chosen-limits.ts'
import type { Capabilities, Sharing } from '../components.ts'
import { FcnError } from '../errors.ts'
import { hostOf, portOf } from '../support/authority.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { parseProgramUrl } from '../support/program-url.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import { type BackendWatch, createBackendWatch, type Verdict } from './backend-watch.ts'
import type { CapabilityChoice, CapabilityStore } from './capability-store.ts'
import type { CapabilityProvider } from './provider.ts'

interface CapabilitiesComponents {
  store: CapabilityStore
  providers: Record<CapabilityName, CapabilityProvider>
  sharing: Pick<Sharing, 'changed' | 'follow' | 'pausedFor'>
  /** Peers that use it or did so just now. */
  usersOf: (name: CapabilityName) => CapabilityView['usedBy']
  guard: DialGuard
  clock: Clock
  random: Random
}

/** What is known without `sharing` and the users. */
type Known = Omit<CapabilityView, 'paused' | 'usedBy'>

export function createCapabilities({ store, providers, sharing, usersOf, guard, clock, random }: CapabilitiesComponents): Capabilities {
  const changed = createEmitter()
  const watches = new Map<CapabilityName, BackendWatch>()
  const known = new Map<CapabilityName, Known>()
  let running = false
  for (const name of capabilityNames) {
    watches.set(name, createBackendWatch({ provider: providers[name], guard, clock, random }))
    const one = fresh(name, store.get(name))
    known.set(name, one)
    if (one.enabled) sharing.follow(name, one.conditions)
  }
  sharing.changed.subscribe(() => changed.emit())

  const checkProgramUrl = (url: URL) => guard.check(hostOf(url), portOf(url))

  const knownOf = (name: CapabilityName) => known.get(name) as Known
  const viewOf = (name: CapabilityName): CapabilityView => {
    const one = knownOf(name)
    const paused = one.enabled ? sharing.pausedFor(name) : null
    return { ...one, state: paused === null ? one.state : 'paused', paused, usedBy: usersOf(name) }
  }
  const watchOf = (name: CapabilityName) => watches.get(name) as BackendWatch

  const put = (next: Known) => {
    const previous = knownOf(next.name)
    known.set(next.name, next)
    if (content(previous) !== content(next)) changed.emit()
  }

  const report = (name: CapabilityName) => (verdict: Verdict) => {
    const found = verdict.ok
      ? { state: 'ready' as const, detail: verdict.detail, problem: null }
      : { state: 'problem' as const, detail: null, problem: verdict.problem }
    put({ ...knownOf(name), ...found, checkedAt: clock.now() })
  }

  /** Watches what is on, and only while this part runs. */
  const follow = async (name: CapabilityName) => {
    const { enabled, backend } = knownOf(name)
    if (running && enabled && backend !== null) watchOf(name).watch(new URL(backend), report(name))
    else await watchOf(name).stop()
  }

  return {
    changed,
    list: () => capabilityNames.map(viewOf),
    own: () => [...known.values()].map(({ name, state }) => ({ name, state })),

    async set(change) {
      const name = parseName(change.name)
      if (typeof change.backend === 'string') checkProgramUrl(parseProgramUrl(change.backend))
      const choice = applied(store.get(name), change, providers[name])
      store.save(name, choice)
      const isSame = change.enabled === undefined && change.backend === undefined
      const next = fresh(name, choice)
      sharing.follow(name, choice.enabled ? next.conditions : null)
      put(isSame ? { ...knownOf(name), limits: next.limits, conditions: next.conditions } : next)
      if (!isSame) await follow(name)
      return viewOf(name)
    },

    backend(name) {
      const { enabled, backend } = knownOf(parseName(name))
      if (enabled && backend !== null) return new URL(backend)
      throw new FcnError('capability_off', `The capability “${name}” is off on this node.`, { action: 'Ask a peer that offers it.' })
    },

    limits: (name) => knownOf(parseName(name)).limits,

    async start() {
      if (running) return
      running = true
      await Promise.all(capabilityNames.map(follow))
    },

    async stop() {
      running = false
      await Promise.all([...watches.values()].map((watch) => watch.stop()))
    },
  }
}

function applied(choice: CapabilityChoice, change: CallArgs<'capability.set'>, provider: CapabilityProvider): CapabilityChoice {
  const backend = typeof change.backend === 'string' ? parseProgramUrl(change.backend).href.replace(/\/$/u, '') : change.backend
  const next = {
    enabled: change.enabled ?? choice.enabled,
    backend: backend === undefined ? choice.backend : backend,
    limits: chosenLimits(choice.limits, change.limits),
    conditions: chosenConditions(choice.conditions, change.conditions),
  }
  if (!next.enabled || next.backend !== null) return next
  throw new FcnError('invalid_input', `The capability “${provider.name}” needs the address of the program behind it.`, {
    action: `Give the address of ${provider.backend}.`,
  })
}

function fresh(name: CapabilityName, { enabled, backend, limits, conditions }: CapabilityChoice): Known {
  const nothingFound = { detail: null, problem: null, checkedAt: null }
  const chosen = { limits: limitsFrom(limits), conditions: conditionsFrom(conditions) }
  return { name, enabled, state: enabled ? 'starting' : 'off', backend, ...nothingFound, ...chosen }
}

function parseName(name: string): CapabilityName {
  const parsed = capabilityName.safeParse(name)
  if (parsed.success) return parsed.data
  throw new FcnError('invalid_input', `There is no capability “${name.slice(0, 64)}”.`, {
    action: `The capabilities are ${capabilityNames.join(', ')}.`,
  })
}

/** What counts as a change: all but the time of the look. */
const content = (known: Known): string => JSON.stringify({ ...known, checkedAt: null })
