/** How a router is asked to map a port, whatever it speaks: what nat-pmp.ts and upnp.ts both are. */
import type { MappingProblem, PortMappingView } from '../../../contract/port-mapping.ts'
import type { Route } from './default-route.ts'

export type MappingProtocol = Extract<PortMappingView, { state: 'mapped' }>['by']

export interface PortMapper {
  /**
   * Looks for the router and asks for its address outside. Null when it does not speak this protocol: it is silent, or says
   * nothing that makes sense. Nobody but `route.gateway` is believed. Ends by itself within `findLimit` ms; throws
   * `RouterRefusal`, and the signal's reason when aborted.
   */
  find(route: Route, signal: AbortSignal): Promise<Router | null>
}

/** A router that answers. */
export interface Router {
  readonly protocol: MappingProtocol
  /** Its address outside, unchecked: judged by address-reach.ts. */
  readonly address: string
  /** Maps a TCP port, or renews that. Throws as `find`, also `RouterRefusal` when it does not answer any more. */
  map(wish: MappingWish, signal: AbortSignal): Promise<Granted>
  /** Takes a mapping of this machine back. Throws as `map`. */
  unmap(mapping: Pick<MappingWish, 'port' | 'outside'>, signal: AbortSignal): Promise<void>
}

export interface MappingWish {
  /** This node's own port. */
  port: number
  /** The port outside that is asked for; the router may give another one. */
  outside: number
  /** For how long, s. */
  lifetime: number
}

export interface Granted {
  /** The port outside. */
  outside: number
  /** For how long, s; null: until it is taken back. */
  lifetime: number | null
}

/** Longest time for each question of a mapper, ms. */
export const findLimit = 5_000

/** The router does not do what it was asked. */
export class RouterRefusal extends Error {
  override readonly name = 'RouterRefusal'
  readonly why: Extract<MappingProblem, 'refused' | 'no_address' | 'no_answer'>

  /** Number that the protocol gives the reason; null when it gives none. */
  readonly code: number | null

  constructor(why: RouterRefusal['why'], message: string, code: number | null = null) {
    super(message)
    this.why = why
    this.code = code
  }
}
