/**
 * A double of the `electron` module for the main process: it behaves as documented where our program uses it and
 * nowhere else. Windows are pages of a real Chromium, which the test process drives (desktop.ts). It cannot show what
 * needs the real thing: the OS sandbox, isolated worlds, how tray, menus and dialogs look, fuses and packaging.
 */
import { answerTopic, link } from './to-test.ts'
import { app } from './app.ts'
import { Menu, nativeImage, nativeTheme, Tray } from './tray.ts'
import { safeStorage } from './safe-storage.ts'
import { ipcMain, protocol, session } from './session.ts'
import { dialog, Notification, powerMonitor, powerSaveBlocker } from './system.ts'
import { utilityProcess } from './utility-process.ts'
import { BrowserWindow } from './window.ts'

const shell = {
  openExternal: async (url: string) => link.tell('open-external', { url }),
}

answerTopic('quit', () => app.quit())
// Electron's own handling of these on Linux and macOS
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess,
}
export default {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  shell,
  Tray,
  utilityProcess,
}
