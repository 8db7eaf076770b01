/** What the `electron` module has, as far as the program uses it. */
export { app } from './app.ts'
export { safeStorage } from './safe-storage.ts'
export { ipcMain, protocol, session } from './session.ts'
export { dialog, Notification, powerMonitor, powerSaveBlocker, shell } from './system.ts'
export { Menu, nativeImage, nativeTheme, Tray } from './tray.ts'
export { utilityProcess } from './utility-process.ts'
export { BrowserWindow } from './window.ts'
