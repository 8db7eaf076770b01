/** Values of a report in the form that its allow list knows. Pure. */
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'

export const isoTime = (at: number): string => new Date(at).toISOString()

export const oneOf = <T extends string>(text: string, words: readonly T[]): T | 'other' => words.find((word) => word === text) ?? 'other'

/** A version as we and Node write it; anything else is nobody's business. */
export const versionOf = (text: string): string => (/^\d{1,4}(?:\.\d{1,6}){1,3}(?:-[a-z]+(?:\.\d+)?)?$/u.test(text) ? text : 'other')

/** `single_admin:<mesh>` → `single_admin` */
export function kindOf(code: string, divider: string): string {
  const kind = code.split(divider, 1)[0] ?? ''
  return /^[a-z][a-z_]{0,40}$/u.test(kind) ? kind : 'other'
}

/** The five; what old nodes call theirs stays out. */
export const capabilityNamesIn = (names: readonly string[]): CapabilityName[] => capabilityNames.filter((name) => names.includes(name))

/** Systems by the names they give themselves, the longer first. */
const systems = [
  ...[
    'Windows Server',
    'Windows',
    'macOS',
    'Ubuntu',
    'Debian',
    'Fedora',
    'Arch Linux',
    'Alpine Linux',
    'openSUSE',
    'Raspbian',
    'Linux Mint',
  ],
  ...['NixOS', 'Manjaro', 'CentOS', 'Red Hat', 'Rocky Linux', 'AlmaLinux', 'Raspberry Pi OS', 'Android', 'Linux'],
]

/** A system and its version, of those that are known: the full name may have been written by somebody. */
export function systemOf(os: string): string {
  const name = systems.find((system) => os.toLowerCase().startsWith(system.toLowerCase()))
  const version = /\d{1,4}(?:\.\d{1,6}){0,3}/u.exec(os)?.[0]
  return name === undefined ? 'other' : [name, version].filter(Boolean).join(' ')
}

/** `system` or a language tag; the setting takes any text. */
export const languageOf = (tag: string): string => (/^(?:system|[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})$/u.test(tag) ? tag : 'other')
