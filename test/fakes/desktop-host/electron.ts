/**
 * A double of the `electron` module for the main process: it behaves as documented where our program uses it and
 * nowhere else. Windows are pages of a real Chromium, which the test process drives (desktop.ts). It cannot show what
 * needs the real thing: the OS sandbox, isolated worlds, how tray, menus and dialogs look, fuses and packaging.
 */
import { app } from './app.ts'
import * as modules from './modules.ts'
import { answerTopic } from './to-test.ts'

answerTopic('quit', () => app.quit())
// Electron's own handling of these on Linux and macOS
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

export * from './modules.ts'
export default modules
