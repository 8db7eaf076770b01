import { readFileSync } from 'node:fs'
import { release, version } from 'node:os'

/** The operating system in the words people use, at most 64 characters: "Debian GNU/Linux 12 (bookworm)", "Windows 11 Pro", "macOS". */
export function osName(
  platform: NodeJS.Platform = process.platform,
  readOsRelease: () => string = () => readFileSync('/etc/os-release', 'utf8'),
): string {
  switch (platform) {
    case 'darwin':
      return 'macOS'
    case 'win32':
      return version().slice(0, 64)
    default:
      return (prettyName(readOsRelease) ?? `${platform} ${release()}`).slice(0, 64)
  }
}

/** PRETTY_NAME of os-release(5). */
function prettyName(readOsRelease: () => string): string | null {
  try {
    return /^PRETTY_NAME=(?:"([^"]+)"|(\S+))$/mu.exec(readOsRelease())?.slice(1).find(Boolean) ?? null
  } catch {
    return null // not every Linux has the file; the kernel's name will do
  }
}
