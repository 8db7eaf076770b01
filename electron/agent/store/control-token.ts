import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { Random } from '../support/random.ts'

const tokenBytes = 32
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

export const controlTokenFile = (dataDir: string): string => join(dataDir, 'control-token')

/** The token that programs of this user show on the local API; made when absent. Not an identity: it may be made anew. */
export async function openControlToken(dataDir: string, random: Random): Promise<string> {
  const kept = readControlToken(dataDir)
  if (kept !== null) return kept
  const token = Buffer.from(random.bytes(tokenBytes)).toString('base64url')
  await writeFileAtomic(controlTokenFile(dataDir), token, { mode: 0o600 })
  return token
}

/** The token kept in the data folder; null when there is none that could be valid. */
export function readControlToken(dataDir: string): string | null {
  try {
    const text = readFileSync(controlTokenFile(dataDir), 'utf8').trim()
    return tokenPattern.test(text) ? text : null
  } catch {
    return null
  }
}
