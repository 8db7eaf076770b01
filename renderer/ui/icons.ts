import {
  IconArchive,
  IconBox,
  IconBoxModel2,
  IconBrain,
  IconCpu,
  IconDatabase,
  IconDeviceDesktop,
  IconDeviceLaptop,
  IconServer2,
  IconSparkles,
  IconWorldShare,
} from '@tabler/icons-react'
import { type CapabilityName, capabilityName } from '../../electron/contract/capability.ts'

type Glyph = typeof IconArchive

const capabilityIcons: Record<CapabilityName, Glyph> = {
  storage: IconDatabase,
  compute: IconCpu,
  ai: IconBrain,
  gateway: IconWorldShare,
  archive: IconArchive,
}

/** The icon of a capability; legacy peers offer names beyond the five. */
export function iconOfCapability(name: string): Glyph {
  const known = capabilityName.safeParse(name)
  return known.success ? capabilityIcons[known.data] : IconSparkles
}

/** The icon of a machine, told from the system it reports. A drawing only, never proof of anything. */
export function iconOfMachine(os: string | null, legacy = false): Glyph {
  if (legacy || os === null) return legacy ? IconBox : IconDeviceDesktop
  if (/raspberry|raspbian|armbian/i.test(os)) return IconBoxModel2
  if (/synology|dsm|truenas|unraid|qnap|openmediavault/i.test(os)) return IconServer2
  if (/mac|darwin/i.test(os)) return IconDeviceLaptop
  return IconDeviceDesktop
}

/** Sizes and strokes by place: navigation and rows, buttons, wells. */
export const rowIcon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const
export const buttonIcon = { size: 16, stroke: 1.7, 'aria-hidden': true } as const
export const wellIcon = { size: 22, stroke: 1.5, 'aria-hidden': true } as const
