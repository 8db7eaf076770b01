/** The whole node: opens what is on disk, makes the parts, starts and stops them. Has no face of its own. */
import type { CallName, CallResult } from '../contract/calls.ts'
import type { Change } from '../contract/patch.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import { type Assembly, assemble } from './assembly.ts'
import type { Autostart } from './autostart.ts'
import type { KeyVault, PowerSource, SettingsStore, Startable } from './components.ts'
import type { StartEngineProcess } from './engine-components.ts'
import { FcnError } from './errors.ts'
import type { FaceWarnings } from './face-warnings.ts'
import type { Environment } from './parts.ts'
import { openStores } from './stores.ts'
import { systemClock } from './support/clock.ts'
import type { Logger } from './support/logger.ts'
import { systemRandom } from './support/random.ts'
import { createRelay } from './support/relay.ts'
import type { Signal } from './support/signal.ts'
import { createTurns } from './support/turns.ts'
import type { Updates } from './updates.ts'

export interface NodeOptions {
  /** Folder for everything this node keeps; made with mode 0700 when absent. */
  dataDir: string
  face: 'desktop' | 'headless'
  version: string
  log: Logger
  /** Opens `settings.json` in the data folder: electron-store in the app, conf elsewhere. */
  openSettings: (dataDir: string, defaults: { name: string }) => SettingsStore
  /** Choices of this start (command line); they win over settings and are not saved, except a name. */
  chosen?: { name?: string; port?: number; host?: string }
  /** The system's key store, or why there is none to rely on; absent without the desktop app, which alone can open it. */
  keyVault?: KeyVault | { unavailable: string }
  /** What the desktop knows of the person at this machine (as `Presence`) and, where it tells that too, of its power. */
  desktop?: { idleMs: () => number | null; power: PowerSource | null }
  /** Starting with the system; absent where the face cannot say anything about it. */
  autostart?: Autostart
  /** What the face has to tell of its own surroundings; asked for once, when the node starts. */
  warnings?: () => FaceWarnings
  /** Newer versions of the program; absent where it runs from its source. */
  updates?: Updates
  /** The last lines of the log, oldest first, at most `count`; absent where it is not kept. */
  lastLogLines?: (count: number) => Promise<string[]>
  /** How the engine for model files is run, and folders that may have its package besides the data folder; absent where it cannot run. */
  engine?: { start: StartEngineProcess; folders: readonly string[] }
  /** Folder of the built page; served on loopback when given. */
  pageDir?: string
}

/** The whole node, whatever face it has. */
export interface Node extends Startable {
  /** Throws `not_running` before `start` and after `stop`. */
  snapshot(): Snapshot
  /** Each change of the snapshot, in order, without gaps. */
  readonly changes: Signal<Change>
  /** One call of the contract: input validated here, errors as a result. Never rejects. */
  call<N extends CallName>(name: N, input: unknown): Promise<CallResult<N>>
  /** The machine is about to sleep: the local network is told. Does nothing while the node does not run. */
  suspend(): Promise<void>
  /** The machine woke. A node whose face does not tell it notices by its clocks. */
  resume(): Promise<void>
}

/** A node that is not yet started. `start` throws FcnError; its `exitCode` is what the process should end with. */
export function createNode(options: NodeOptions): Node {
  const { log } = options
  const environment: Environment = { clock: systemClock, random: systemRandom, log }
  const changes = createRelay<Change>()
  let running: Assembly | null = null
  let close = async () => {}
  const inTurn = createTurns()

  const open = async () => {
    if (running) return
    const stores = await openStores(options, environment.random)
    log.setLevel(stores.settings.get().logLevel)
    const assembly = assemble(stores, options, environment)
    const endLevel = stores.settings.changed.subscribe(({ current }) => log.setLevel(current.logLevel))
    changes.follow(assembly.publisher.changes)
    close = async () => {
      running = null
      close = async () => {}
      await assembly.stop()
      changes.follow(null)
      endLevel()
      stores.database.close()
    }
    try {
      await assembly.start()
    } catch (error) {
      await close()
      throw error
    }
    running = assembly
    log.info({ id: stores.identity.id, version: options.version, face: options.face }, 'The node is running.')
  }

  const notRunning = () => new FcnError('not_running', 'This node is not running.', { action: 'Start it.' })

  return {
    changes,
    start: () => inTurn(open),
    stop: () => inTurn(() => close()),
    snapshot() {
      if (!running) throw notRunning()
      return running.publisher.get()
    },
    suspend: async () => running?.suspend(),
    resume: async () => running?.resume(),
    call: async (name, input) => (running ? running.dispatch(name, input) : { ok: false, error: notRunning().toFailure() }),
  }
}
