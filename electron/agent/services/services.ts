/**
 * Owner of the services shared by this node: keeps them, gives them ids, and watches whether each still answers. Who
 * may reach them and how is no matter of this folder.
 */
import { z } from 'zod'
import { serviceInput } from '../../contract/calls.ts'
import type { ServiceView } from '../../contract/snapshot.ts'
import { type ChosenLimits, chosenLimits, limitsFrom } from '../chosen-limits.ts'
import type { Services } from '../components.ts'
import { FcnError } from '../errors.ts'
import { hostOf, portOf } from '../support/authority.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { issueText } from '../support/issue-text.ts'
import { parseProgramUrl } from '../support/program-url.ts'
import { createEmitter } from '../support/signal.ts'
import { checkPort } from './port-check.ts'
import { serviceIdFor } from './service-id.ts'
import type { ServiceStore, SharedService } from './service-store.ts'

interface ServicesComponents {
  store: ServiceStore
  /** A service is never this node itself, nor at an address that is never dialled. */
  guard: DialGuard
  clock: Clock
}

/** Time between looks at all services, ms. Longer: later news; shorter: more knocking on the user's programs. */
const interval = 15_000
const maxServices = 256
/** Services looked at together, so that one that does not answer does not delay all. */
const together = 16

export function createServices({ store, guard, clock }: ServicesComponents): Services {
  const changed = createEmitter()
  const services = new Map<string, ServiceView>()
  const chosen = new Map<string, ChosenLimits>()
  let run: { abort: AbortController; cancel: () => void; round: Promise<void> } | null = null
  for (const service of store.all()) {
    services.set(service.id, viewOf(service))
    chosen.set(service.id, service.limits)
  }

  const put = (view: ServiceView) => {
    const previous = services.get(view.id)
    services.set(view.id, view)
    if (previous === undefined || content(previous) !== content(view)) changed.emit()
  }

  const check = async (id: string, signal: AbortSignal) => {
    const asked = services.get(id)
    if (asked === undefined) return
    const problem = await checkPort({ host: hostOf(new URL(asked.url)), port: asked.port, guard }, signal)
    const current = services.get(id)
    if (signal.aborted || current?.url !== asked.url) return // unshared or moved meanwhile
    put({ ...current, status: problem === null ? 'active' : 'inactive', problem, checkedAt: clock.now() })
  }

  const checkAll = async (signal: AbortSignal) => {
    const ids = [...services.keys()]
    while (ids.length > 0 && !signal.aborted) await Promise.all(ids.splice(0, together).map((id) => check(id, signal)))
  }

  const rounds = async (abort: AbortController) => {
    await checkAll(abort.signal)
    if (run?.abort === abort) run.cancel = clock.after(interval, () => begin(abort))
  }

  const begin = (abort: AbortController) => {
    run = { abort, cancel: () => undefined, round: Promise.resolve() }
    run.round = rounds(abort)
  }

  return {
    changed,
    list: () => [...services.values()],
    get: (id) => services.get(id),

    async share(input) {
      const { id: wantedId, name, port, url, status } = parseInput(input)
      const id = wantedId ?? serviceIdFor(name, services)
      const known = services.get(id)
      if (known === undefined && services.size >= maxServices) {
        throw new FcnError('too_many', `A node shares at most ${maxServices} services.`, { action: 'Stop sharing one first.' })
      }
      const limits = chosen.get(id) ?? {}
      const service = { id, name, url: addressFrom({ port, url }) ?? known?.url ?? nowhere(), limits }
      const place = new URL(service.url)
      guard.check(hostOf(place), portOf(place))
      store.save(service)
      put(known?.url === service.url ? { ...known, name } : { ...viewOf(service), status: status ?? 'inactive' })
      await check(id, run?.abort.signal ?? new AbortController().signal)
      return services.get(id) ?? viewOf(service)
    },

    limit(id, change) {
      const service = services.get(id) ?? notShared(id)
      const limits = chosenLimits(chosen.get(id) ?? {}, change)
      store.save({ id, name: service.name, url: service.url, limits })
      chosen.set(id, limits)
      put({ ...service, limits: limitsFrom(limits) })
      return services.get(id) ?? service
    },

    async unshare(id) {
      const service = services.get(id) ?? notShared(id)
      store.remove(id)
      services.delete(id)
      chosen.delete(id)
      changed.emit()
      return service
    },

    async start() {
      if (run === null) begin(new AbortController())
    },

    async stop() {
      const stopped = run
      run = null
      stopped?.cancel()
      stopped?.abort.abort()
      await stopped?.round
    },
  }
}

const input = serviceInput.extend({ status: z.enum(['active', 'inactive']).optional() })

function parseInput(given: unknown): z.infer<typeof input> {
  const parsed = input.safeParse(given)
  if (parsed.success) return parsed.data
  throw new FcnError('invalid_input', `The service cannot be shared: ${issueText(parsed.error)}.`, {
    action: 'Correct it and share again.',
  })
}

function addressFrom({ port, url }: { port?: number | undefined; url?: string | undefined }): string | undefined {
  if (url !== undefined) return parseProgramUrl(url).href.replace(/\/$/u, '')
  return port === undefined ? undefined : `http://127.0.0.1:${port}`
}

function nowhere(): never {
  throw new FcnError('invalid_input', 'A service needs a port or an address.', { action: 'Say on which port it runs.' })
}

function notShared(id: string): never {
  throw new FcnError('not_found', `This node shares no service “${id.slice(0, 64)}”.`, { action: 'See “fcn services”.' })
}

function viewOf({ id, name, url, limits }: SharedService): ServiceView {
  const nothingFound = { status: 'inactive', problem: null, checkedAt: null } as const
  return { id, name, url, port: portOf(new URL(url)), ...nothingFound, limits: limitsFrom(limits) }
}

/** What counts as a change: all but the time of the look. */
const content = (view: ServiceView): string => JSON.stringify({ ...view, checkedAt: null })
