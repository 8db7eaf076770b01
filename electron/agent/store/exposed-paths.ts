import { type Stats, statSync } from 'node:fs'
import { join } from 'node:path'

/** Files that hold secrets or what others have entrusted to this node. Keys are closed each time they are read. */
const secrets = ['node.db', 'node.db-wal', 'control-token', 'settings.json', 'log/node.log']

const openToRead = ({ mode }: Stats) => (mode & 0o044) !== 0
/** Where others may write they may put another file in place of ours, unless the folder is sticky as /tmp is. */
const openToReplace = ({ mode }: Stats) => (mode & 0o022) !== 0 && (mode & 0o1000) === 0

/** What other users of this computer can read or replace in a data folder, as a restored backup or a shared folder may have it. */
export function exposedPaths(dataDir: string): string[] {
  if (process.platform === 'win32') return [] // profiles there are closed by inherited access lists, which a mode does not show
  const found = (path: string) => statSync(path, { throwIfNoEntry: false })
  const folder = found(dataDir)
  const readable = secrets
    .map((name) => join(dataDir, name))
    .filter((path) => {
      const stats = found(path)
      return stats !== undefined && openToRead(stats)
    })
  // nobody gets at the files of a folder that others cannot enter
  const entered = folder !== undefined && (folder.mode & 0o011) !== 0
  return [...(folder && openToReplace(folder) ? [dataDir] : []), ...(entered ? readable : [])]
}
