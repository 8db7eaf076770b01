import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { Client } from 'undici'

/** Longest wait for the first token, and longest silence after it, ms: a model may have to be loaded first. */
const patience = 600_000

export interface OwnAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: Readable
}

interface AskOwnNodeComponents {
  /** Where this node listens; null before it does. */
  port: () => number | null
  apiKey: () => string
}

/** Asks at this node's own address, as any program of this computer does, so that a trial shows what a program gets. */
export function createAskOwnNode({ port, apiKey }: AskOwnNodeComponents) {
  return async (path: string, body: unknown, signal: AbortSignal): Promise<OwnAnswer> => {
    const client = new Client(`http://127.0.0.1:${port() ?? 0}`, { headersTimeout: patience, bodyTimeout: patience })
    try {
      const {
        statusCode: status,
        headers,
        body: answer,
      } = await client.request({
        ...{ path, method: 'POST', signal, body: JSON.stringify(body) },
        headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey()}` },
      })
      answer.once('close', () => void client.destroy())
      return { status, headers, body: answer }
    } catch (error) {
      await client.destroy()
      throw error
    }
  }
}
