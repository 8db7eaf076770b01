import { z } from 'zod'

/** The five things a node can offer to its meshes. */
export const capabilityNames = ['storage', 'compute', 'ai', 'gateway', 'archive'] as const
export const capabilityName = z.enum(capabilityNames)
export type CapabilityName = z.infer<typeof capabilityName>

/**
 * `off` not offered · `starting` switched on, being checked · `ready` answers · `problem` switched on, and the backend
 * does not answer as it should (the reason stands beside it) · `paused` switched on, and not for peers now (sharing.ts).
 */
export const capabilityState = z.enum(['off', 'starting', 'ready', 'problem', 'paused'])
export type CapabilityState = z.infer<typeof capabilityState>
