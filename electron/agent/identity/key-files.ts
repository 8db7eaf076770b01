/**
 * Private keys on disk: readable by their owner only, and wrapped by the system's key store where the desktop app has one
 * and the user wants it. A key is never replaced by another one here; a form takes the place of the other only after it was
 * written, read back and opened.
 */
import type { KeyObject } from 'node:crypto'
import { chmod, stat } from 'node:fs/promises'
import type { KeyVault } from '../components.ts'
import { FcnError } from '../errors.ts'
import { type Disk, nextFile, replaceDurably, systemDisk } from '../support/durable-file.ts'
import { createTurns } from '../support/turns.ts'
import { type KeyForm, readKeyForm, wrappedText } from './key-form.ts'
import { idOfKey, parsePrivateKey } from './private-key.ts'

/** The system's key store as the desktop app found it; absent without the desktop app. */
export type KeyStore = KeyVault | { unavailable: string } | undefined

export const vaultOf = (store: KeyStore): KeyVault | null => (store && 'seal' in store ? store : null)

/** Where a key is: in the system's key store's wrapping, or as it is. */
export type KeyPlace = 'keystore' | 'file'

export interface KeyFiles {
  /** Null when there is no such file. Throws `key_protected` (wrapped, and no desktop app), `unreadable_key`; the file stays as it is. */
  load(file: string): Promise<KeyObject | null>
  /** Resolves when the key is on disk for good, in the form that is wanted. Its folder must be there. */
  save(file: string, key: KeyObject): Promise<void>
  /** Brings a key into the form that is wanted now, and says which it has; null without a file. Throws as `load` and `save`. */
  settle(file: string): Promise<KeyPlace | null>
  /** Deletes the key for good. */
  remove(file: string): Promise<void>
}

/** Longest key file, bytes; a wrapped P-256 key has about 400. */
const maxSize = 64 * 1024

export function createKeyFiles(
  { store, disk = systemDisk }: { store?: KeyStore; disk?: Disk } = {},
  { wraps = () => true }: { wraps?: () => boolean } = {},
): KeyFiles {
  const vault = vaultOf(store)
  const wanted = (): KeyPlace => (vault && wraps() ? 'keystore' : 'file')
  /** A form that is being changed must not meet a new key or a removal. */
  const inTurn = createTurns()

  async function open(file: string, text: string): Promise<{ key: KeyObject; place: KeyPlace }> {
    const form = readKeyForm(text)
    switch (form.kind) {
      case 'plain':
        return { key: parsed(file, form.pem), place: 'file' }
      case 'wrapped':
        return { key: await unwrap(file, form), place: 'keystore' }
      case 'newer':
        throw unreadable(file, 'was written by a newer version of this program', 'Start that version.')
      case 'unknown':
        throw unreadable(file, 'holds no key')
    }
  }

  async function unwrap(file: string, { sealed, backend, id }: Extract<KeyForm, { kind: 'wrapped' }>): Promise<KeyObject> {
    if (!vault) throw store === undefined ? isProtected(file, backend) : cannotOpen(file, backend, storeProblem(store))
    let der: Uint8Array
    try {
      der = await vault.open(sealed)
    } catch (cause) {
      throw cannotOpen(file, backend, 'it was protected by another user or on another machine, or the key store was reset', cause)
    }
    const key = parsed(file, der)
    if (idOfKey(key) !== id) throw unreadable(file, 'does not hold the key that its first line names')
    return key
  }

  async function read(file: string): Promise<{ key: KeyObject; place: KeyPlace } | null> {
    await closeToOthers(file)
    const text = await disk.read(file).catch((cause: unknown) => {
      throw unreadable(file, 'cannot be read', undefined, cause)
    })
    return text === null ? null : open(file, text)
  }

  async function write(file: string, key: KeyObject, place: KeyPlace): Promise<void> {
    const content =
      vault && place === 'keystore'
        ? wrappedText({ backend: vault.backend, id: idOfKey(key), sealed: await vault.seal(key.export({ type: 'pkcs8', format: 'der' })) })
        : (key.export({ type: 'pkcs8', format: 'pem' }) as string)
    const check = async (written: string) => {
      const { key: again } = await open(file, written)
      if (!again.equals(key)) throw unreadable(file, 'would not have held the key that was written')
    }
    await replaceDurably(disk, file, { content, check })
  }

  return {
    load: (file) => inTurn(async () => (await read(file))?.key ?? null),
    save: (file, key) => inTurn(() => write(file, key, wanted())),
    settle: (file) =>
      inTurn(async () => {
        const held = await read(file)
        if (!held) return null
        await disk.remove(nextFile(file)) // of a change that was cut off; it may hold the key unwrapped
        const place = wanted()
        if (held.place !== place) await write(file, held.key, place)
        return place
      }),
    remove: (file) =>
      inTurn(async () => {
        await disk.remove(nextFile(file))
        await disk.remove(file)
      }),
  }
}

function parsed(file: string, text: string | Uint8Array): KeyObject {
  try {
    return parsePrivateKey(text)
  } catch (cause) {
    throw unreadable(file, 'holds no key of the kind that is used here', undefined, cause)
  }
}

/** A restored backup may be readable for others, or belong to somebody else. */
async function closeToOthers(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const found = await stat(file).catch(() => null) // reading it says what is wrong
  if (!found) return
  const user = process.getuid?.() ?? 0
  if (found.uid !== user && user !== 0) {
    throw unreadable(file, `belongs to another user of this computer (${found.uid})`, 'Make yourself its owner (chown), then start again.')
  }
  if (!found.isFile() || found.size > maxSize) throw unreadable(file, 'holds no key')
  if ((found.mode & 0o077) === 0) return
  await chmod(file, 0o600).catch((cause: unknown) => {
    throw unreadable(file, 'is readable for others, which cannot be changed', 'Set its mode to 0600.', cause)
  })
}

const storeProblem = (store: NonNullable<KeyStore>) => ('unavailable' in store ? store.unavailable : '')

function isProtected(file: string, backend: string): FcnError {
  return new FcnError(
    'key_protected',
    `The key file ${file} is protected by the system's key store (${backend}), which only the desktop app can open.`,
    {
      action:
        'Start the desktop app. To run without it, open the desktop app, go to Settings and turn off "Protect the keys with the system\'s key store"; then start this again.',
      details: { file, backend },
    },
  )
}

function cannotOpen(file: string, backend: string, why: string, cause?: unknown): FcnError {
  const action = `Log in as the user, and to the kind of desktop, with which the key was protected (${backend}), and unlock the key store. If that is not possible, put back a copy of the file from before it was protected. To start as a new node instead, move the whole data folder away.`
  return unreadable(file, `cannot be opened with the system's key store: ${why}`, action, cause)
}

export function unreadable(file: string, what: string, action?: string, cause?: unknown): FcnError {
  return new FcnError('unreadable_key', `The key file ${file} ${what}. No new key was made.`, {
    action: action ?? 'Put the file back from a backup. To start as a new node instead, move the whole data folder away.',
    cause,
  })
}
