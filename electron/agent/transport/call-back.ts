import { Client } from 'undici'
import type { Identity, NodeId } from '../components.ts'
import { peerPaths } from '../protocol/messages.ts'
import { authority } from '../support/authority.ts'
import { networkError } from './network-error.ts'
import { createDialContext, createPinnedConnector } from './pinned-connector.ts'

/** Longest try, ms; shorter than the asker waits. */
const limit = 3_000

export interface CallBackResult {
  reached: boolean
  problem: string | null
}

/**
 * Connects to a node that asked for it, at the address it called from, and looks whether its key answers: only there,
 * so that nobody makes this node knock at others' doors.
 */
export type CallBack = (node: NodeId, address: string, port: number) => Promise<CallBackResult>

export function createCallBack({ identity }: { identity: Identity }): CallBack {
  const context = createDialContext(identity)
  return async (node, address, port) => {
    const connect = createPinnedConnector({ context }, { expected: node, connectTimeout: limit })
    const client = new Client(`https://${authority(address, port)}`, { connect })
    try {
      const { body } = await client.request({ method: 'GET', path: peerPaths.hello, signal: AbortSignal.timeout(limit) })
      await body.dump()
      return { reached: true, problem: null }
    } catch (error) {
      return { reached: false, problem: networkError(error).message }
    } finally {
      await client.destroy()
    }
  }
}
