/** What the node and the process of its engine say to each other, over the channel between the two. */
import { z } from 'zod'

const model = z.string().max(128)

export const servedFile = z.object({ model, path: z.string().max(4096) })
export type ServedFile = z.infer<typeof servedFile>

/** From the node. `begin` is the first, and comes once. */
export const toEngine = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('begin'),
    /** What every request must show. It is said here because arguments and environment can be read by others. */
    key: z.string(),
    /** Main file of the package that brings llama.cpp. */
    package: z.string(),
    /** Most of the processor’s cores that it may use. */
    threads: z.number().int().min(1),
    /** Bytes that models and what they need may take. */
    memory: z.number().int().positive(),
    files: z.array(servedFile),
  }),
  z.object({ type: z.literal('files'), files: z.array(servedFile) }),
])
export type ToEngine = z.infer<typeof toEngine>

/** From the engine. `ready` or `failed` answers `begin`. */
export const fromEngine = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port: z.number().int().min(1).max(65_535) }),
  /** It cannot run at all, and ends. */
  z.object({ type: z.literal('failed'), message: z.string().max(2_000) }),
  z.object({
    type: z.literal('model'),
    model,
    state: z.enum(['resting', 'starting', 'running', 'problem']),
    /** With a problem: what llama.cpp says of it. */
    message: z.string().max(2_000).optional(),
  }),
  /** Every `pulse` ms: requests under way, and bytes of memory in use. */
  z.object({ type: z.literal('pulse'), busy: z.number().int().nonnegative(), memory: z.number().nonnegative() }),
])
export type FromEngine = z.infer<typeof fromEngine>

/** How often the engine says that it lives, ms. */
export const pulseInterval = 2_000
