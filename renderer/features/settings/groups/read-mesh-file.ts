import { type MeshFile, meshFile } from '../../../../electron/contract/mesh-file.ts'
import { CallError } from '../../../bridge/bridge.ts'

/** Larger files are not a mesh.json, bytes. */
const largest = 8 * 1024 * 1024

/** Reads a mesh.json a person chose. Throws CallError with the reason when it is not one. */
export async function readMeshFile(file: File): Promise<MeshFile> {
  if (file.size > largest) throw refused('It is larger than 8 MB.')
  let json: unknown
  try {
    json = JSON.parse(await file.text())
  } catch {
    throw refused('It is not JSON.')
  }
  const parsed = meshFile.safeParse(json)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw refused(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'it does not fit'}.`)
}

const refused = (why: string) =>
  new CallError({
    code: 'invalid_input',
    message: `This file is not a mesh.json. ${why}`,
    action: 'Choose a file made by Export or by an old node.',
  })
