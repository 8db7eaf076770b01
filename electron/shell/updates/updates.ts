/**
 * Newer versions of the installed app: looked for, fetched, checked, and installed when nobody uses the node. What is decided
 * is in update-rules.ts, in which order things happen in course.ts, what is done in update-source.ts.
 *
 * An update changes the program and nothing else: settings, keys and starting with the system are not its business. Whatever
 * fails leaves this version running, and is not mentioned before the third time.
 */
import { FcnError } from '../../agent/errors.ts'
import type { Clock } from '../../agent/support/clock.ts'
import type { Logger } from '../../agent/support/logger.ts'
import type { Random } from '../../agent/support/random.ts'
import type { Updates } from '../../agent/updates.ts'
import type { UpdateWay } from '../../contract/updates.ts'
import { type Course, createCourse, type Program } from './course.ts'
import type { MemoryFile } from './memory-file.ts'
import { createKeeper } from './progress.ts'
import { quietFailures, startsQuietly } from './update-rules.ts'
import type { UpdateSource } from './update-source.ts'

interface UpdatesComponents {
  clock: Clock
  random: Random
  memoryFile: MemoryFile
  /** Null where this copy has nobody to ask. */
  openSource: (log: Logger) => UpdateSource | null
}

interface UpdatesOptions {
  way: UpdateWay
  /** The version that runs. */
  version: string
  /** Where a person gets the program. */
  page: string
}

export interface DesktopUpdates extends Updates {
  /** This start is the end of an update that nobody asked for: it shows no window. */
  readonly startsQuietly: boolean
  /** Looks from now on, unasked where the user lets it. Returns the function that ends that. */
  follow(program: Program): () => void
}

export function createUpdates(
  { clock, random, memoryFile, openSource }: UpdatesComponents,
  { way, version, page }: UpdatesOptions,
): DesktopUpdates {
  const remembered = memoryFile.read()
  const keeper = createKeeper(memoryFile, { remembered, version })
  let course: Course | null = null

  return {
    changed: keeper.changed,
    startsQuietly: startsQuietly(remembered, version),
    view() {
      const { unanswered, ...shown } = keeper.progress()
      const final = shown.state === 'failed' ? (keeper.memory().failed?.problem ?? null) : null
      const silence = unanswered.times >= quietFailures ? unanswered.problem.slice(0, 500) : null
      return { way, page, ...shown, problem: final ?? silence }
    },
    look: async () => course?.look(),
    async install() {
      if (course === null) throw new FcnError('not_running', 'This node is not running.', { action: 'Start it.' })
      course.install()
    },
    follow(program) {
      const source = openSource(program.log)
      if (source === null) return () => {}
      const followed = createCourse({ clock, random, keeper, source, program }, { way, version })
      course = followed
      return followed.end
    },
  }
}
