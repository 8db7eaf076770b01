import type { IpcMain } from 'electron'
import type { Failure } from '../contract/failure.ts'
import { isCallName } from '../contract/calls.ts'
import type { Node } from '../agent/node.ts'
import type { Logger } from '../agent/support/logger.ts'
import { callChannel } from './channels.ts'
import { isTrustedSender } from './trusted-sender.ts'

interface BindCallsComponents {
  ipcMain: Pick<IpcMain, 'handle'>
  node: Pick<Node, 'call'>
  log: Logger
}

/**
 * Lets the page at `origin` make the contract's calls. The answer is always a CallResult; input is validated by the
 * node. Everybody else, and every other name, is refused before the node hears of it.
 */
export function bindCalls({ ipcMain, node, log }: BindCallsComponents, { origin }: { origin: string }): void {
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    if (!isTrustedSender(event.senderFrame, origin)) {
      log.warn({ url: event.senderFrame?.url }, 'A call from a page that is not ours was refused.')
      return refusal({ code: 'forbidden', message: 'Only the program’s own window can call the node.' })
    }
    if (!isCallName(name)) return refusal({ code: 'not_found', message: 'There is no such call.' })
    return node.call(name, input)
  })
}

const refusal = (error: Failure) => ({ ok: false as const, error })
