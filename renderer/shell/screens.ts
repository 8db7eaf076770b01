import { IconActivity, IconAdjustmentsHorizontal, IconDevices, IconHome, IconPlugConnected, IconSettings } from '@tabler/icons-react'

/** The screens in their order, each with its address within the page. */
export const screens = [
  { id: 'overview', path: '/', icon: IconHome },
  { id: 'peers', path: '/peers', icon: IconDevices },
  { id: 'capabilities', path: '/capabilities', icon: IconAdjustmentsHorizontal },
  { id: 'services', path: '/services', icon: IconPlugConnected },
  { id: 'activity', path: '/activity', icon: IconActivity },
  { id: 'settings', path: '/settings', icon: IconSettings },
] as const

export type Screen = (typeof screens)[number]
export type ScreenId = Screen['id']

/** The screen an address belongs to: `/peers/ABC` is peers. */
export const screenAt = (location: string): Screen =>
  screens.find(({ path }) => path !== '/' && (location === path || location.startsWith(`${path}/`))) ?? screens[0]
