import { join } from 'node:path'
import { findEnginePackage } from '../../electron/agent/capabilities/ai/embedded/package-place.ts'

const root = join(import.meta.dirname, '../..')

/** Main file of node-llama-cpp as it is installed here for tests. */
export const llamaPackage = join(root, 'node_modules/node-llama-cpp/dist/index.js')

/** Why real llama.cpp cannot run here; null when it can. Only its build for Linux on x64 is installed with the tests. */
export async function whyNoLlama(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'llama.cpp for tests is installed on Linux (x64) only'
  return (await findEnginePackage([root])) === null ? 'node-llama-cpp is not installed' : null
}
