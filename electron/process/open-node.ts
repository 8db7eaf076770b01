import type { NodeOptions, Node } from '../agent/node.ts'
import { createNode } from '../agent/node.ts'
import { defaultDataDir, prepareDataDir } from '../agent/store/data-dir.ts'
import { type FileStoreClass, openSettingsStore } from '../agent/store/settings-store.ts'
import { createLogger, type Logger } from '../agent/support/logger.ts'
import type { StartArguments } from './arguments.ts'
import { openLogFile } from './log-file.ts'
import { version } from './version.ts'

export interface OpenedNode {
  node: Node
  log: Logger
  /** Shown to people when something has gone wrong. */
  logPath: string
}

/** What differs between the two programs that run a node. */
interface Face extends Pick<NodeOptions, 'face' | 'pageDir' | 'keyVault' | 'desktop' | 'autostart' | 'warnings' | 'updates' | 'engine'> {
  /** conf, or electron-store in the app: the same file. */
  Store: FileStoreClass
}

/** The folder of this start. Both programs and the CLI agree on it. */
export const dataDirOf = ({ dataDir }: StartArguments): string => dataDir ?? defaultDataDir()

/** Prepares the data folder and its log and makes the node, not yet started. Throws FcnError. */
export function openNode(
  args: StartArguments,
  { face, pageDir, Store, keyVault, desktop, autostart, warnings, updates, engine }: Face,
): OpenedNode {
  const dataDir = dataDirOf(args)
  prepareDataDir(dataDir)
  const logFile = openLogFile(dataDir)
  const log = createLogger('info', logFile)
  const { name, port, host } = args
  const node = createNode({
    dataDir,
    face,
    version,
    log,
    openSettings: (dir, defaults) => openSettingsStore(dir, defaults, Store),
    chosen: { name, port, host },
    lastLogLines: (count) => logFile.lastLines(count),
    pageDir,
    ...(keyVault && { keyVault }),
    ...(desktop && { desktop }),
    ...(autostart && { autostart }),
    ...(warnings && { warnings }),
    ...(updates && { updates }),
    ...(engine && { engine }),
  })
  return { node, log, logPath: logFile.path }
}
