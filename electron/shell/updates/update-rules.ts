/** When the program looks for a newer version, downloads and installs it, and when it gives up. Pure. */
import { z } from 'zod'
import type { UpdateWait } from '../../contract/updates.ts'

const version = z.string().max(64)

/** What outlives a start: kept in `updates.json` in the data folder. */
export const updateMemory = z.object({
  /** How often the newest version that was tried has failed, and what was said the last time. */
  failed: z.object({ version, times: z.number().int().min(1).max(1_000), problem: z.string().max(500) }).nullable(),
  /** An installation that was begun: the next start tells by its own version how it went. */
  begun: z.object({ from: version, to: version, windowOpen: z.boolean() }).nullable(),
})
export type UpdateMemory = z.infer<typeof updateMemory>

export const nothingTried: UpdateMemory = { failed: null, begun: null }

/** A version is tried so often; after that a person has to get it. */
export const maxTries = 3

/** Looks in a row without an answer before that is said. A laptop is without a network often enough. */
export const quietFailures = 3

const minute = 60_000
const hour = 60 * minute

/** All in ms. `spread` is added times a random fraction, so that not everybody asks at once. */
export const times = {
  firstLook: { after: 2 * minute, spread: 8 * minute },
  nextLook: { after: 6 * hour, spread: 2 * hour },
  /** After the first and the second failure of a version; there is no third. */
  retry: { after: hour, spread: hour },
  /** Nobody has used the node for so long before it is stopped for an update unasked. */
  quiet: 10 * minute,
  /** What is ready is looked at so often. */
  review: minute,
  /** Longest look, and longest download, before it counts as failed. */
  lookLimit: 2 * minute,
  downloadLimit: 2 * hour,
} as const

/** The memory once one more try of `version` has failed. */
export function afterFailure({ failed }: UpdateMemory, version: string, problem: string): UpdateMemory {
  const times = failed?.version === version ? failed.times + 1 : 1
  return { failed: { version, times, problem: problem.slice(0, 500) }, begun: null }
}

export const isFinal = ({ failed }: UpdateMemory, version: string): boolean => failed?.version === version && failed.times >= maxTries

/**
 * What the start of version `running` says about an installation that was begun. The same version as before means that it
 * failed; any other one, also a third that a person put there, means that there is nothing to go on about.
 */
export function settled(memory: UpdateMemory, running: string): UpdateMemory {
  const { begun } = memory
  if (begun === null) return memory
  if (begun.from !== running) return nothingTried
  return afterFailure(memory, begun.to, `Version ${begun.to} was installed and is not there.`)
}

/** A restart that nobody asked for shows no window. */
export const startsQuietly = ({ begun }: UpdateMemory, running: string): boolean =>
  begun !== null && begun.to === running && !begun.windowOpen

interface InstallFacts {
  /** A person pressed the button. */
  asked: boolean
  /** The user lets it happen unasked. */
  automatic: boolean
  /** Peers use this node now. */
  inUse: boolean
  windowOpen: boolean
  /** Since nobody has used this node, ms. */
  quietFor: number
}

/** What an installation waits for; null when it may begin. Peers come first: nobody can ask it away while they use the node. */
export function waitsFor({ asked, automatic, inUse, windowOpen, quietFor }: InstallFacts): UpdateWait | null {
  if (inUse) return 'peers'
  if (asked) return null
  if (!automatic) return 'person'
  if (windowOpen) return 'window'
  return quietFor < times.quiet ? 'quiet' : null
}
