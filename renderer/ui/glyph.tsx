import type { IconProps } from '@tabler/icons-react'
import { createElement } from 'react'
import { iconOfCapability, iconOfMachine } from './icons.ts'

/** The icon of a capability, by its name. */
export const CapabilityIcon = ({ name, ...props }: { name: string } & Omit<IconProps, 'name'>) =>
  createElement(iconOfCapability(name), { 'aria-hidden': true, ...props })

/** The icon of a machine, by the system it reports. */
export const MachineIcon = ({ os, legacy = false, ...props }: { os: string | null; legacy?: boolean } & IconProps) =>
  createElement(iconOfMachine(os, legacy), { 'aria-hidden': true, ...props })
