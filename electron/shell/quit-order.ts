import type { App } from 'electron'

/**
 * Whoever asks to quit (menu, system, signal), `stop` is waited for first, once; a window that closes is no quit.
 * Returns the function that quits with an exit code.
 */
export function orderQuit(app: Pick<App, 'on' | 'quit' | 'exit'>, stop: () => Promise<void>): (exitCode?: number) => void {
  let exitCode = 0
  let stopping = false
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopping) return
    stopping = true
    void stop().finally(() => app.exit(exitCode))
  })
  return (code = 0) => {
    exitCode ||= code
    app.quit()
  }
}
