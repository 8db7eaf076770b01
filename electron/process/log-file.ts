import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pino, type DestinationStream } from 'pino'
import { FcnError } from '../agent/errors.ts'

export interface LogFile extends DestinationStream {
  readonly path: string
}

/** Two files of this size (bytes) are kept: enough for weeks of `info`, never noticed on a small disk. */
const maxSize = 5 * 1024 * 1024

/**
 * Where the lines of the log go: `<dataDir>/log/node.log`, and `node.log.1` before it. Written at once, so that the
 * last line before a crash is there. Readable by the owner only. Throws `unreadable_settings` when it cannot be made.
 */
export function openLogFile(dataDir: string, limit: number = maxSize): LogFile {
  const path = join(dataDir, 'log', 'node.log')
  const file = openFile(path)
  let size = statSync(path).size

  const rotate = () => {
    renameSync(path, `${path}.1`)
    file.reopen()
    size = 0
  }

  return {
    path,
    write(line) {
      size += Buffer.byteLength(line)
      file.write(line)
      if (size >= limit) rotate()
    },
  }
}

function openFile(path: string) {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    return pino.destination({ dest: path, sync: true, mode: 0o600 })
  } catch (cause) {
    throw new FcnError('unreadable_settings', `The log file ${path} cannot be written.`, {
      action: 'Mend its permissions, or choose another folder with --data.',
      cause,
    })
  }
}
