/**
 * Owner of the five capabilities of this node: keeps what the user chose, watches the program behind each, and says
 * what is offered. Requests reach a capability through `routing`; nothing here serves anybody.
 */
import { type CapabilityName, capabilityName, capabilityNames } from '../../contract/capability.ts'
import type { CallArgs } from '../../contract/calls.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import { chosenLimits, limitsFrom } from '../chosen-limits.ts'
import type { Capabilities } from '../components.ts'
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
  guard: DialGuard
  clock: Clock
  random: Random
}

export function createCapabilities({ store, providers, guard, clock, random }: CapabilitiesComponents): Capabilities {
  const changed = createEmitter()
  const watches = new Map<CapabilityName, BackendWatch>()
  const views = new Map<CapabilityName, CapabilityView>()
  let running = false
  for (const name of capabilityNames) {
    watches.set(name, createBackendWatch({ provider: providers[name], guard, clock, random }))
    views.set(name, freshView(name, store.get(name)))
  }

  const checkProgramUrl = (url: URL) => guard.check(hostOf(url), portOf(url))

  const viewOf = (name: CapabilityName) => views.get(name) as CapabilityView
  const watchOf = (name: CapabilityName) => watches.get(name) as BackendWatch

  const put = (view: CapabilityView) => {
    const previous = viewOf(view.name)
    views.set(view.name, view)
    if (content(previous) !== content(view)) changed.emit()
  }

  const report = (name: CapabilityName) => (verdict: Verdict) => {
    const found = verdict.ok
      ? { state: 'ready' as const, detail: verdict.detail, problem: null }
      : { state: 'problem' as const, detail: null, problem: verdict.problem }
    put({ ...viewOf(name), ...found, checkedAt: clock.now() })
  }

  /** Watches what is on, and only while this part runs. */
  const follow = async (name: CapabilityName) => {
    const { enabled, backend } = viewOf(name)
    if (running && enabled && backend !== null) watchOf(name).watch(new URL(backend), report(name))
    else await watchOf(name).stop()
  }

  return {
    changed,
    list: () => [...views.values()],

    async set(change) {
      const name = parseName(change.name)
      if (typeof change.backend === 'string') checkProgramUrl(parseProgramUrl(change.backend))
      const choice = applied(store.get(name), change, providers[name])
      store.save(name, choice)
      const isLimitsOnly = change.enabled === undefined && change.backend === undefined
      put(isLimitsOnly ? { ...viewOf(name), limits: limitsFrom(choice.limits) } : freshView(name, choice))
      if (!isLimitsOnly) await follow(name)
      return viewOf(name)
    },

    backend(name) {
      const { enabled, backend } = viewOf(parseName(name))
      if (enabled && backend !== null) return new URL(backend)
      throw new FcnError('capability_off', `The capability “${name}” is off on this node.`, { action: 'Ask a peer that offers it.' })
    },

    limits: (name) => viewOf(parseName(name)).limits,

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
  }
  if (!next.enabled || next.backend !== null) return next
  throw new FcnError('invalid_input', `The capability “${provider.name}” needs the address of the program behind it.`, {
    action: `Give the address of ${provider.backend}.`,
  })
}

function freshView(name: CapabilityName, { enabled, backend, limits }: CapabilityChoice): CapabilityView {
  const nothingFound = { detail: null, problem: null, checkedAt: null }
  return { name, enabled, state: enabled ? 'starting' : 'off', backend, ...nothingFound, limits: limitsFrom(limits) }
}

function parseName(name: string): CapabilityName {
  const parsed = capabilityName.safeParse(name)
  if (parsed.success) return parsed.data
  throw new FcnError('invalid_input', `There is no capability “${name.slice(0, 64)}”.`, {
    action: `The capabilities are ${capabilityNames.join(', ')}.`,
  })
}

/** What counts as a change: all but the time of the look. */
const content = (view: CapabilityView): string => JSON.stringify({ ...view, checkedAt: null })
