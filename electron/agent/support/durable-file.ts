/**
 * Replacing a file so that a crash or power loss at any moment leaves either the old or the new one, whole: written beside
 * it, flushed, read back, renamed over it, and the folder flushed (Pillai et al., "All File Systems Are Not Created Equal",
 * OSDI 2014).
 */
import { open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The steps that touch the disk, so that a test can stop after each. */
export interface Disk {
  /** Null when there is no such file. */
  read(file: string): Promise<string | null>
  /** Readable by the owner only; flushed when it resolves. */
  write(file: string, content: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** Makes renames and removals in a folder durable. */
  flushFolder(folder: string): Promise<void>
  /** Nothing happens when it is absent. */
  remove(file: string): Promise<void>
}

export const systemDisk: Disk = {
  async read(file) {
    try {
      return await readFile(file, 'utf8')
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  },
  async write(file, content) {
    await rm(file, { force: true }) // one that is left over may have other rights
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  rename,
  async flushFolder(folder) {
    if (process.platform === 'win32') return // NTFS journals renames, and a folder cannot be opened there
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
  remove: (file) => rm(file, { force: true }),
}

/** Where the next content of `file` is until it is complete; one that is left over was never in use. */
export const nextFile = (file: string): string => `${file}.new`

/** Replaces or makes `file`. `check` gets what was read back and rejects when it is not good: then the old file stays. */
export async function replaceDurably(
  disk: Disk,
  file: string,
  { content, check }: { content: string; check: (written: string) => Promise<void> },
): Promise<void> {
  const next = nextFile(file)
  try {
    await disk.write(next, content)
    await check((await disk.read(next)) ?? '')
  } catch (error) {
    await disk.remove(next)
    throw error
  }
  await disk.rename(next, file)
  await disk.flushFolder(dirname(file))
}
