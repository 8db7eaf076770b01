/** The root key of a mesh made here: `<dataDir>/meshes/<id>.root-key`, PEM, readable by its owner only. */
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { MeshId } from '../components.ts'
import { FcnError } from '../errors.ts'

export interface RootKeys {
  /** Resolves when the key is on disk for good. */
  save(mesh: MeshId, key: KeyObject): Promise<void>
  /** Null when this node did not make the mesh; throws `unreadable_key` when the file is there and cannot be read. */
  load(mesh: MeshId): Promise<KeyObject | null>
  /** Deletes the key; does nothing when it is not there. */
  remove(mesh: MeshId): Promise<void>
}

export function createRootKeyFiles(dataDir: string): RootKeys {
  const folder = join(dataDir, 'meshes')
  const fileOf = (mesh: MeshId) => join(folder, `${mesh}.root-key`)
  return {
    async save(mesh, key) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await writeFileAtomic(fileOf(mesh), key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, fsync: true })
    },
    async load(mesh) {
      try {
        return createPrivateKey(await readFile(fileOf(mesh)))
      } catch (cause) {
        if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
        throw new FcnError('unreadable_key', `The root key of a mesh cannot be read from ${fileOf(mesh)}.`, {
          action: 'Restore this file from a backup.',
          cause,
        })
      }
    },
    remove: (mesh) => rm(fileOf(mesh), { force: true }),
  }
}
