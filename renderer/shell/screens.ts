import {
  IconActivity,
  IconAdjustmentsHorizontal,
  IconDevices,
  IconHome,
  IconMessage2,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react'

/** The screens in their order, each with its address within the page. */
export const screens = [
  { id: 'overview', path: '/', icon: IconHome },
  { id: 'peers', path: '/peers', icon: IconDevices },
  { id: 'capabilities', path: '/capabilities', icon: IconAdjustmentsHorizontal },
  { id: 'models', path: '/models', icon: IconMessage2 },
  { id: 'services', path: '/services', icon: IconPlugConnected },
  { id: 'activity', path: '/activity', icon: IconActivity },
  { id: 'settings', path: '/settings', icon: IconSettings },
] as const

export type Screen = (typeof screens)[number]
export type ScreenId = Screen['id']

/** Addresses that belong to a screen although they do not begin like its own. */
const within: Readonly<Record<string, ScreenId>> = { '/about': 'settings', '/diagnostics': 'settings' }

/** The screen an address belongs to: `/peers/ABC` is peers. */
export const screenAt = (location: string): Screen =>
  screens.find(({ id, path }) => path !== '/' && (location === path || location.startsWith(`${path}/`) || within[location] === id)) ??
  screens[0]
