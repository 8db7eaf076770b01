import type { MenuItemConstructorOptions } from 'electron'

/** The menu bar of macOS: without it there is no copy and paste there. Its Quit asks as the tray's does. */
export const macMenu = (quit: () => void): MenuItemConstructorOptions[] => [
  {
    label: 'Free Compute Node',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { label: 'Quit Free Compute Node', accelerator: 'Command+Q', click: quit },
    ],
  },
  { role: 'editMenu' },
  { role: 'windowMenu' },
]
