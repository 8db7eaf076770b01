/** Where the optional package is that brings llama.cpp. It is no part of this program: whoever wants it installs it. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { FcnError } from '../../../errors.ts'
import { parseJson } from '../../../support/json.ts'

/** The package, and the version that this program was tried with. */
export const enginePackage = { name: 'node-llama-cpp', version: '3.22.1', major: 3 }

export interface FoundPackage {
  /** What Node imports. */
  entry: string
  version: string
}

const packageFile = z.object({ name: z.literal(enginePackage.name), version: z.string().max(64) })

/**
 * The first of the folders that has it in its `node_modules`. Null when none has; throws `protocol_mismatch` when what is
 * there is of another major version.
 */
export async function findEnginePackage(folders: readonly string[]): Promise<FoundPackage | null> {
  for (const folder of folders) {
    const place = join(folder, 'node_modules', enginePackage.name)
    const found = packageFile.safeParse(parseJson(await readFile(join(place, 'package.json'), 'utf8').catch(() => '')))
    if (!found.success) continue
    const { version } = found.data
    if (Number(version.split('.', 1)[0]) === enginePackage.major) return { entry: join(place, 'dist', 'index.js'), version }
    throw new FcnError(
      'protocol_mismatch',
      `The engine for model files is installed in version ${version}, which this program does not know.`,
      {
        action: `Install version ${enginePackage.version}: ${installCommand(folder)}`,
      },
    )
  }
  return null
}

/** What a person runs to have the engine in that folder. */
export const installCommand = (folder: string): string => `npm install --prefix "${folder}" ${enginePackage.name}@${enginePackage.version}`
