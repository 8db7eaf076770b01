import { mkdirSync, renameSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pino, type DestinationStream } from 'pino'
import { FcnError } from '../agent/errors.ts'

export interface LogFile extends DestinationStream {
  readonly path: string
  /** The last lines, oldest first, at most `count`; those of the file before too when this one has just begun. */
  lastLines(count: number): Promise<string[]>
}

/** Two files of this size (bytes) are kept: enough for weeks of `info`, never noticed on a small disk. */
const maxSize = 5 * 1024 * 1024
/** Read from the end of a file for its last lines, bytes: far more than a few hundred of them. */
const tailSize = 256 * 1024

/** The file of the log of a node with this data folder. */
export const logPathIn = (dataDir: string): string => join(dataDir, 'log', 'node.log')

/**
 * Where the lines of the log go: `<dataDir>/log/node.log`, and `node.log.1` before it. Written at once, so that the
 * last line before a crash is there. Readable by the owner only. Throws `unreadable_settings` when it cannot be made.
 */
export function openLogFile(dataDir: string, limit: number = maxSize): LogFile {
  const path = logPathIn(dataDir)
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
    async lastLines(count) {
      const lines = await linesAtEnd(path)
      const before = lines.length < count ? await linesAtEnd(`${path}.1`) : []
      return [...before, ...lines].slice(-count)
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

/** Whole lines at the end of a file; none when there is no such file. */
async function linesAtEnd(path: string): Promise<string[]> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (file === null) return []
  try {
    const { size } = await file.stat()
    const from = Math.max(0, size - tailSize)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n')
    // what comes before the first end of a line is the rest of one, unless the file begins there
    return (from === 0 ? lines : lines.slice(1)).filter((line) => line !== '')
  } finally {
    await file.close()
  }
}
