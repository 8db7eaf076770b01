/**
 * Owner of the five capabilities of this node: keeps what the user chose, watches what is behind each, and says
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
import { createBackendWatch } from './backend-watch.ts'
import type { CapabilityChoice, CapabilityStore } from './capability-store.ts'
import type { CapabilityProvider, Verdict } from './provider.ts'
import { createServerWatch } from './server-watch.ts'

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
  const watches = new Map<CapabilityName, Watch>()
  const known = new Map<CapabilityName, Known>()
  let running = false
  for (const name of capabilityNames) {
    const provider = providers[name]
    watches.set(name, watchOver(provider, { guard, clock, random }))
    const one = fresh(name, handedOver(store, provider))
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
  const watchOf = (name: CapabilityName) => watches.get(name) as Watch

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
    if (running && enabled) watchOf(name).watch(backend, report(name))
    else await watchOf(name).stop()
  }

  return {
    changed,
    list: () => capabilityNames.map(viewOf),
    own: () => [...known.values()].map(({ name, state }) => ({ name, state })),

    async set(change) {
      const name = parseName(change.name)
      if (typeof change.backend === 'string') checkProgramUrl(parseProgramUrl(change.backend))
      store.save(name, applied(store.get(name), change, providers[name]))
      const choice = handedOver(store, providers[name])
      const isSame = change.enabled === undefined && change.backend === undefined
      const next = fresh(name, choice)
      sharing.follow(name, choice.enabled ? next.conditions : null)
      put(isSame ? { ...knownOf(name), limits: next.limits, conditions: next.conditions } : next)
      if (!isSame) await follow(name)
      return viewOf(name)
    },

    backend(name) {
      const { enabled, backend } = knownOf(parseName(name))
      const { server } = providers[name]
      if (enabled && server !== undefined) return server.serve
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

/** Looks at what is behind one capability, and tells what it finds. */
interface Watch {
  /** What it finds comes later. */
  watch(backend: string | null, report: (verdict: Verdict) => void): void
  stop(): Promise<void>
}

function watchOver(provider: CapabilityProvider, components: Pick<CapabilitiesComponents, 'guard' | 'clock' | 'random'>): Watch {
  if (provider.server !== undefined) {
    const { watch, stop } = createServerWatch(provider.server)
    return { watch: (_backend, report) => watch(report), stop }
  }
  const { watch, stop } = createBackendWatch({ provider, ...components })
  return {
    stop,
    watch(backend, report) {
      if (backend !== null) watch(new URL(backend), report)
    },
  }
}

/** What was chosen; an address goes to the provider that keeps its programs itself, once, also one from an older version. */
function handedOver(store: CapabilityStore, { name, server }: CapabilityProvider): CapabilityChoice {
  const choice = store.get(name)
  if (server === undefined || choice.backend === null) return choice
  server.give(new URL(choice.backend))
  const kept = { ...choice, backend: null }
  store.save(name, kept)
  return kept
}

function applied(choice: CapabilityChoice, change: CallArgs<'capability.set'>, provider: CapabilityProvider): CapabilityChoice {
  const backend = typeof change.backend === 'string' ? parseProgramUrl(change.backend).href.replace(/\/$/u, '') : change.backend
  const next = {
    enabled: change.enabled ?? choice.enabled,
    backend: backend === undefined ? choice.backend : backend,
    limits: chosenLimits(choice.limits, change.limits),
    conditions: chosenConditions(choice.conditions, change.conditions),
  }
  if (!next.enabled || next.backend !== null || provider.server !== undefined) return next
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
