import type { UpdateWay } from '../../contract/updates.ts'

interface CopyFacts {
  platform: NodeJS.Platform
  packaged: boolean
  env: Record<string, string | undefined>
  /** Whether the package has the key by which a genuine version is known, and says where versions are. */
  hasKey: boolean
  hasSource: boolean
  /** What electron-builder wrote beside the program: `deb` or `rpm`; null where there is nothing. */
  packageType: string | null
}

/** How this copy of the program becomes a newer one. Whatever it cannot be sure to replace, it leaves alone. */
export function updateWay({ platform, packaged, env, hasKey, hasSource, packageType }: CopyFacts): UpdateWay {
  if (!packaged) return 'checkout'
  if (!hasKey || !hasSource) return 'unsigned'
  if (platform === 'win32') return env['PORTABLE_EXECUTABLE_FILE'] === undefined ? 'itself' : 'portable'
  if (platform === 'darwin') return 'itself'
  if (env['APPIMAGE'] !== undefined) return 'itself'
  // a folder somebody unpacked is as portable as it gets
  return packageType === 'deb' || packageType === 'rpm' ? 'package' : 'portable'
}
