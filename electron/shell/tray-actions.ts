import type { Node } from '../agent/node.ts'
import type { Logger } from '../agent/support/logger.ts'
import type { TrayAction } from './tray-menu.ts'
import type { MainWindow } from './window.ts'

interface TrayActionsComponents {
  node: Pick<Node, 'call'>
  window: Pick<MainWindow, 'show'>
  log: Logger
  quit: () => void
}

/** Carries out what was clicked in the tray's menu. What cannot be done opens the screen that says why. */
export function createTrayActions({ node, window, log, quit }: TrayActionsComponents): (action: TrayAction) => Promise<void> {
  return async (action) => {
    switch (action.do) {
      case 'open':
        return window.show(action.screen)
      case 'quit':
        return quit()
      case 'offer': {
        const result = await node.call('capability.set', { name: action.capability, enabled: action.enabled })
        if (result.ok) return
        log.warn({ capability: action.capability, failure: result.error }, 'The capability could not be switched from the tray.')
        return window.show('/capabilities')
      }
      case 'pause':
      case 'resume': {
        const result = await (action.do === 'pause' ? node.call('sharing.pause', { for: action.for }) : node.call('sharing.resume', {}))
        if (result.ok) return
        log.warn({ failure: result.error }, 'Sharing could not be paused or resumed from the tray.')
        window.show('/capabilities')
      }
    }
  }
}
