/** The root key of a mesh made here: `<dataDir>/meshes/<id>.root-key`, in one of the forms of identity/README.md. */
import type { KeyObject } from 'node:crypto'
import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { MeshId } from '../components.ts'
import { createKeyFiles, type KeyFiles } from '../identity/key-files.ts'

export interface RootKeys {
  /** Resolves when the key is on disk for good. */
  save(mesh: MeshId, key: KeyObject): Promise<void>
  /** Null when this node did not make the mesh; throws `unreadable_key` when the file is there and cannot be read. */
  load(mesh: MeshId): Promise<KeyObject | null>
  /** Deletes the key; does nothing when it is not there. */
  remove(mesh: MeshId): Promise<void>
}

const ending = '.root-key'
const folderIn = (dataDir: string) => join(dataDir, 'meshes')

export function createRootKeyFiles(dataDir: string, keyFiles: KeyFiles = createKeyFiles()): RootKeys {
  const folder = folderIn(dataDir)
  const fileOf = (mesh: MeshId) => join(folder, `${mesh}${ending}`)
  return {
    async save(mesh, key) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await keyFiles.save(fileOf(mesh), key)
    },
    load: (mesh) => keyFiles.load(fileOf(mesh)),
    remove: (mesh) => keyFiles.remove(fileOf(mesh)),
  }
}

/** The files of all root keys kept in a data folder. */
export async function rootKeyPaths(dataDir: string): Promise<string[]> {
  const names = await readdir(folderIn(dataDir)).catch(() => []) // a node that made no mesh has no such folder
  return names.filter((name) => name.endsWith(ending)).map((name) => join(folderIn(dataDir), name))
}
