import type { Node } from '../../agent/node.ts'
import type { Logger } from '../../agent/support/logger.ts'
import { type Place, placeOfCapability } from '../../contract/place.ts'
import type { TrayAction } from './tray-menu.ts'

interface TrayActionsComponents {
  node: Pick<Node, 'call'>
  /** Opens the window, at a place when one is named. */
  show: (place?: Place) => void
  log: Logger
  /** A person wants to quit; it asks them where others would notice. */
  quit: () => void
}

/** Carries out what was clicked in the tray's menu. What cannot be done opens the screen that says why. */
export function createTrayActions({ node, show, log, quit }: TrayActionsComponents): (action: TrayAction) => Promise<void> {
  return async (action) => {
    switch (action.do) {
      case 'open':
        return show(action.place)
      case 'quit':
        return quit()
      case 'offer': {
        const result = await node.call('capability.set', { name: action.capability, enabled: action.enabled })
        if (result.ok) return
        log.warn({ capability: action.capability, failure: result.error }, 'The capability could not be switched from the tray.')
        return show(placeOfCapability(action.capability))
      }
      case 'pause':
      case 'resume': {
        const result = await (action.do === 'pause' ? node.call('sharing.pause', { for: action.for }) : node.call('sharing.resume', {}))
        if (result.ok) return
        log.warn({ failure: result.error }, 'Sharing could not be paused or resumed from the tray.')
        show({ path: '/capabilities' })
      }
    }
  }
}
