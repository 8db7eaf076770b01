/** How far a person has come with setting up this node, and the programs found behind which it could offer something. */
import { z } from 'zod'
import { capabilityName } from './capability.ts'

/** The pages of the setup, in their order. */
export const setupPages = ['computer', 'mesh', 'share', 'start', 'ready'] as const
export const setupPage = z.enum(setupPages)
export type SetupPage = z.infer<typeof setupPage>

/**
 * `open` shows itself when the window is opened · `left` for later, which the Overview mentions · `finished` at the last
 * page, or not needed · `dismissed` without it. Only `open` shows itself, and nothing but a person leads back to it.
 */
export const setupState = z.enum(['open', 'left', 'finished', 'dismissed'])
export type SetupState = z.infer<typeof setupState>

export const setupView = z.object({ state: setupState, page: setupPage })
export type SetupView = z.infer<typeof setupView>

/** A program that runs on this computer and fits a capability; `detail` is what it is, e.g. "Ollama, 4 models". */
export const foundProgram = z.object({ name: capabilityName, backend: z.string(), detail: z.string().max(200) })
export type FoundProgram = z.infer<typeof foundProgram>
