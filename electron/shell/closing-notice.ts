import type { Dialog } from 'electron'
import type { Node } from '../agent/node.ts'
import type { Logger } from '../agent/support/logger.ts'
import type { Snapshot } from '../contract/snapshot.ts'
import type { TrayHost } from './session-bus/tray-host.ts'

interface ClosingNoticeComponents {
  dialog: Pick<Dialog, 'showMessageBox'>
  log: Logger
  node: Pick<Node, 'call'>
  /** Null while the node does not run. */
  snapshot: () => Snapshot | null
  host: () => TrayHost
}

/** How a person gets the window back, and ends the program. */
export function closingWords(host: TrayHost): { message: string; detail: string } {
  if (host === 'missing')
    return {
      message: 'Free Compute Node keeps running without its window.',
      detail: 'Start the program again to open it. This desktop shows no tray icons; the Overview says what it needs for them.',
    }
  return {
    message: 'Free Compute Node keeps running in the tray.',
    detail: 'Its icon there opens the window again, and so does starting the program again. Quit in the icon’s menu ends it.',
  }
}

/**
 * Says what closing the window means, the first time; the box "Don’t show again" is ticked, so once is all unless a person
 * wants it otherwise. The same switch stands in the settings (`tellClosing`).
 */
export function createClosingNotice({ dialog, log, node, snapshot, host }: ClosingNoticeComponents): () => void {
  let telling = false

  const tell = async () => {
    const { checkboxChecked } = await dialog.showMessageBox({
      type: 'info',
      title: 'Free Compute Node',
      ...closingWords(host()),
      buttons: ['OK'],
      checkboxLabel: 'Don’t show again',
      checkboxChecked: true,
    })
    if (checkboxChecked) await node.call('settings.update', { tellClosing: false })
  }

  return () => {
    if (telling || snapshot()?.settings.tellClosing !== true) return
    telling = true
    tell()
      .catch((error: unknown) => log.warn({ err: error }, 'It could not be said that the program runs on.'))
      .finally(() => (telling = false))
  }
}
