export type DesktopSystem = 'macos' | 'windows' | 'linux'

/** The kind of desktop, told from the name of the system as the node says it. */
export function desktopSystem(os: string): DesktopSystem {
  if (/^mac/iu.test(os)) return 'macos'
  return /^windows/iu.test(os) ? 'windows' : 'linux'
}
