import type { Change } from '../../electron/contract/patch.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { UpdateWay } from '../../electron/contract/updates.ts'
import { createEmitter } from '../../electron/agent/support/signal.ts'
import { nothingTried, type UpdateMemory } from '../../electron/shell/updates/update-rules.ts'
import type { UpdateSource } from '../../electron/shell/updates/update-source.ts'
import { createUpdates, type DesktopUpdates } from '../../electron/shell/updates/updates.ts'
import { calm } from '../fixtures/snapshot.ts'
import { createFakeClock } from './fake-clock.ts'
import { createFakeRandom } from './fake-random.ts'
import { createKeptLog } from './kept-log.ts'

/** What an update can meet: tests change it while the machine runs. */
interface World {
  /** The newest version there is; an error when nobody answers. */
  newest: string | Error
  download: 'works' | 'never ends' | Error
  /** `in vain`: it says that it works, and the old version is there at the next start. */
  installer: 'works' | 'in vain' | Error
  /** The node cannot be started again. */
  nodeStarts: boolean
  windowOpen: boolean
  snapshot: Snapshot
}

/**
 * A computer on which the app is installed: its disk outlives the program, whose parts here are the real ones over a source
 * and an installer that behave as told. What happens is written down in `story`.
 */
export function createUpdatedMachine({ way = 'itself', disk = nothingTried }: { way?: UpdateWay; disk?: UpdateMemory } = {}) {
  const clock = createFakeClock()
  const story: string[] = []
  const world: World = {
    ...{ newest: '1.0.0', download: 'works', installer: 'works', nodeStarts: true, windowOpen: false },
    snapshot: quiet(),
  }
  const changes = createEmitter<Change>()
  let memory = disk
  let installed = '1.0.0'
  let end = () => {}

  const sourceFor = (running: string): UpdateSource => ({
    async find() {
      story.push('looks')
      if (world.newest instanceof Error) throw world.newest
      return world.newest === running ? null : { version: world.newest }
    },
    async download(onPercent, signal) {
      onPercent(40)
      if (world.download === 'never ends')
        await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      if (world.download instanceof Error) throw world.download
      story.push('downloads')
    },
    async install() {
      if (world.installer instanceof Error) throw world.installer
      story.push('installs')
      if (world.installer === 'works') installed = String(world.newest)
    },
  })

  return {
    clock,
    world,
    story,
    memory: () => memory,
    /** The program starts, as the version that is installed, once the one before has ended. */
    start(): DesktopUpdates {
      end()
      const running = installed
      const updates = createUpdates(
        {
          ...{ clock, random: createFakeRandom(7), openSource: () => sourceFor(running) },
          memoryFile: { read: () => memory, write: async (next) => void (memory = next) },
        },
        { way, version: running, page: 'https://fcn.example/download' },
      )
      end = updates.follow({
        node: {
          snapshot: () => world.snapshot,
          changes,
          async start() {
            if (!world.nodeStarts) throw new Error('the port is taken')
            story.push('the node starts again')
          },
        },
        log: createKeptLog(),
        windowIsOpen: () => world.windowOpen,
        stopNode: async () => void story.push('the node stops'),
      })
      return updates
    },
    /** The program ends. */
    quit: () => end(),
    /** Something in the snapshot is another. */
    change(next: Partial<Snapshot>): void {
      world.snapshot = { ...world.snapshot, ...next }
      changes.emit({ epoch: 'e1', revision: 1, patches: [] })
    },
  }
}

/** A household's node that nobody uses. */
export function quiet(more: Partial<Snapshot> = {}): Snapshot {
  const snapshot = calm(more)
  const capabilities = Object.fromEntries(Object.entries(snapshot.capabilities).map(([name, view]) => [name, { ...view, usedBy: [] }]))
  return { ...snapshot, capabilities, rates: {}, hubs: {} }
}
