import { METHODS } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Describe, Operation } from './operation.ts'

export type Side = 'plain' | 'peer'

/** What is taken before the web framework sees it: whatever is below these, with any method, or these very addresses. */
export type Taken =
  | {
      prefixes: readonly string[]
      /** What is behind one of the prefixes. */
      describe: (prefix: string, method: string) => Operation
    }
  | { addresses: readonly (Pick<Endpoint, 'method' | 'pattern'> & { describe: Describe })[] }

/** A route as it is registered. */
export interface Endpoint {
  side: Side
  method: string
  /** As Fastify writes it. */
  pattern: string
  describe: Describe | null | undefined
}

/** What both sides of the port serve, with the descriptions that stand beside the routes. */
export interface Endpoints {
  /** Notes the routes that are added from now on, in place of those of an app before it. */
  collect(app: FastifyInstance, side: Side): void
  /** Without the HEAD that Fastify adds to each GET. */
  list(): Endpoint[]
}

export function createEndpoints(taken: Record<Side, readonly Taken[]>): Endpoints {
  const sides: Record<Side, Endpoint[]> = { plain: [], peer: [] }
  return {
    collect(app, side) {
      const found: Endpoint[] = []
      sides[side] = found
      app.addHook('onRoute', ({ method, url, config }) => {
        if (method === 'HEAD') return
        for (const each of [method].flat()) found.push({ side, method: each, pattern: url, describe: config?.describe })
      })
    },
    list: () => (['plain', 'peer'] as const).flatMap((side) => [...sides[side], ...taken[side].flatMap((each) => endpointsOf(side, each))]),
  }
}

function endpointsOf(side: Side, taken: Taken): Endpoint[] {
  if ('addresses' in taken) return taken.addresses.map((address) => ({ side, ...address }))
  const { prefixes, describe } = taken
  return prefixes.flatMap((prefix) =>
    METHODS.map((method) => ({ side, method, pattern: `${prefix}*`, describe: (asked) => describe(prefix, asked) })),
  )
}
