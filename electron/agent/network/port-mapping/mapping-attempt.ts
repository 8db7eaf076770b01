/** One attempt to have this node's port mapped: whom to ask, what the answer is worth. Keeps nothing. */
import type { MappingProblem } from '../../../contract/port-mapping.ts'
import { type AddressReach, reachOf } from './address-reach.ts'
import type { Route } from './default-route.ts'
import { findLimit, type Granted, type MappingWish, type PortMapper, type Router, RouterRefusal } from './port-mapper.ts'

/** Lifetime that is asked for, s. */
const lifetime = 3_600

interface AttemptComponents {
  /** In the order in which they are tried. */
  mappers: readonly PortMapper[]
  findRoute: () => Promise<Route | null>
  /** The port this node listens on; null while it does not. */
  port: () => number | null
  /** Whether it listens on that address of this machine. */
  listensAt: (address: string) => boolean
}

/** A port that a router has mapped. */
export interface Mapping {
  router: Router
  route: Route
  port: number
  outside: number
  /** s; null: until it is taken back. */
  lifetime: number | null
}

export interface Failure {
  why: MappingProblem
  detail: string | null
  /** What was held may still be in place: the router is only silent. */
  holds: boolean
}

export type Outcome = { mapping: Mapping } | { failure: Failure }

/**
 * Asks the router once. `held` is renewed where it still fits; where it does not, the caller takes it back. Rejects with the
 * signal's reason when aborted before the router was asked to map; that question itself is always heard out (at most
 * `findLimit` ms), so that no mapping is left of which nobody knows.
 */
export async function attemptMapping(components: AttemptComponents, held: Mapping | null, signal: AbortSignal): Promise<Outcome> {
  const { mappers, findRoute, listensAt } = components
  const port = components.port()
  const route = await findRoute()
  signal.throwIfAborted()
  if (route === null) return failed('no_router')
  if (reachOf(route.own) === 'public') return failed('own_public', route.own)
  if (port === null || !listensAt(route.own)) return failed('listens_elsewhere', route.own)

  const isRenewed = held !== null && fits(held, route, port)
  const wish = { port, outside: isRenewed ? held.outside : port, lifetime }
  let refused: RouterRefusal | null = null
  for (const mapper of mappers) {
    try {
      const router = await mapper.find(route, signal)
      if (router === null) continue
      const useless = uselessness[reachOf(router.address)]
      if (useless !== null) return failed(useless, router.address)
      return { mapping: { router, route, port, ...(await mapInTime(router, wish)) } }
    } catch (error) {
      if (!(error instanceof RouterRefusal)) throw error
      refused ??= error
    }
  }
  if (refused !== null && refused.why !== 'no_answer') return failed(refused.why, refused.message)
  return { failure: { why: 'no_answer', detail: route.gateway, holds: isRenewed } }
}

async function mapInTime(router: Router, wish: MappingWish): Promise<Granted> {
  const late = AbortSignal.timeout(findLimit)
  try {
    return await router.map(wish, late)
  } catch (error) {
    throw late.aborted ? new RouterRefusal('no_answer', 'It does not answer any more.') : error
  }
}

/** Whether a mapping leads to this node as it is now. */
const fits = (mapping: Mapping, route: Route, port: number): boolean =>
  mapping.port === port && mapping.route.gateway === route.gateway && mapping.route.own === route.own

/** What a router's address outside says against mapping. */
const uselessness: Record<AddressReach, MappingProblem | null> = {
  public: null,
  shared: 'shared_address',
  private: 'second_router',
  none: 'no_address',
}

const failed = (why: MappingProblem, detail: string | null = null): Outcome => ({ failure: { why, detail, holds: false } })
