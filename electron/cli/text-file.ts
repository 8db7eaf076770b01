import { open, readFile, rm, stat } from 'node:fs/promises'
import { FcnError } from '../agent/errors.ts'

/** The text of a file that a user named; throws `too_large` beyond `limit` bytes, `not_found` when it cannot be read. */
export async function readTextFile(file: string, limit: number): Promise<string> {
  try {
    if ((await stat(file)).size > limit) throw new FcnError('too_large', `The file ${file} is larger than ${limit} bytes.`)
    return await readFile(file, 'utf8')
  } catch (cause) {
    if (cause instanceof FcnError) throw cause
    throw new FcnError('not_found', `The file ${file} cannot be read: ${(cause as Error).message}.`, { cause })
  }
}

/** Writes a new file that only its owner can read, safely on the disk when it resolves. Never replaces one, nor leaves half of one. */
export async function writeSecretFile(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'EEXIST') throw notWritten(file, cause)
    throw new FcnError('conflict', `The file ${file} is there already.`, { action: 'Name another one with --out.', cause })
  })
  try {
    await handle.writeFile(text)
    await handle.sync()
    await handle.close()
  } catch (cause) {
    await handle.close()
    await rm(file, { force: true })
    throw notWritten(file, cause as Error)
  }
}

const notWritten = (file: string, cause: Error) =>
  new FcnError('invalid_input', `The file ${file} cannot be written: ${cause.message}.`, { cause })
