import type { Dialog } from 'electron'
import type { Logger } from '../agent/support/logger.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import { quitQuestion } from './use-by-others.ts'

interface AskQuitComponents {
  dialog: Pick<Dialog, 'showMessageBox'>
  log: Logger
  /** Null while the node does not run. */
  snapshot: () => Snapshot | null
  quit: () => void
}

const buttons = ['Keep running', 'Quit and stop sharing']

/** A person wants to quit: asks them when others use this node, once at a time, and quits when they say so. */
export function createAskQuit({ dialog, log, snapshot, quit }: AskQuitComponents): () => void {
  let asking = false

  const ask = async () => {
    const state = snapshot()
    const question = state === null ? null : quitQuestion(state)
    if (question === null) return quit()
    const { response } = await dialog.showMessageBox({
      type: 'question',
      title: 'Free Compute Node',
      ...question,
      buttons,
      // Enter and Escape keep it running
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    })
    if (response === 1) quit()
  }

  return () => {
    if (asking) return
    asking = true
    ask()
      .catch((error: unknown) => {
        // a question that cannot be asked must not keep a person from quitting
        log.warn({ err: error }, 'The question before quitting could not be asked.')
        quit()
      })
      .finally(() => (asking = false))
  }
}
