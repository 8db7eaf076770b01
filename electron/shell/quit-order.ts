import type { App } from 'electron'

/**
 * Whoever asks to quit (menu, system, signal), `stop` is waited for first, once. A window that closes is no quit. Nobody is
 * asked here: a system that shuts down, or a signal, waits for no answer. A person who chooses Quit has been asked before.
 */
export function orderQuit(app: Pick<App, 'on' | 'exit'>, stop: () => Promise<void>): void {
  let stopping = false
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    event.preventDefault()
    if (stopping) return
    stopping = true
    void stop().finally(() => app.exit(0))
  })
}
