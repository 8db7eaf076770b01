import { z } from 'zod'

/**
 * Why the internet does not reach this node through the router although that was asked for. `no_router`: no way out of the
 * local network is known · `no_answer`: the router speaks neither NAT-PMP nor UPnP, or both are off · `refused`: it says
 * no · `no_address`: it says that it has no address of the internet · `shared_address`: the provider shares one address among
 * customers (CGNAT) · `second_router`: it stands behind another router · `own_public`: this computer has a public
 * address itself, so there is nothing to map · `listens_elsewhere`: the node listens on an address the router cannot reach.
 */
export const mappingProblem = z.enum([
  ...(['no_router', 'no_answer', 'refused', 'no_address'] as const),
  ...(['shared_address', 'second_router', 'own_public', 'listens_elsewhere'] as const),
])
export type MappingProblem = z.infer<typeof mappingProblem>

/** How a router is asked. */
export const mappingProtocol = z.enum(['NAT-PMP', 'UPnP'])

/** Whether the router lets the internet reach this node's port. */
export const portMappingView = z.discriminatedUnion('state', [
  z.object({ state: z.literal('off') }),
  z.object({ state: z.literal('asking') }),
  z.object({
    state: z.literal('mapped'),
    by: mappingProtocol,
    /** Where the internet reaches this node, as members are told. */
    address: z.ipv4(),
    port: z.number().int(),
    /** When the router forgets it unless it is asked again, ms since 1970; null: only when told to. */
    until: z.number().nullable(),
  }),
  z.object({
    state: z.literal('failed'),
    why: mappingProblem,
    /** The router's own words or address, at most 200 characters. */
    detail: z.string().nullable(),
    /** When it is tried again, ms since 1970. */
    retryAt: z.number(),
  }),
])
export type PortMappingView = z.infer<typeof portMappingView>
