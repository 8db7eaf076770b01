import { maxMeshFile, type MeshFile, meshFile } from '../../../contract/mesh-file.ts'
import { FcnError } from '../../errors.ts'
import type { Clock } from '../../support/clock.ts'
import type { DialGuard } from '../../support/dial-guard.ts'
import { issueText } from '../../support/issue-text.ts'
import { parseJson } from '../../support/json.ts'
import { createExchange, hostOf, refusePause } from '../exchange.ts'

interface SyncClientOptions {
  /** From dialling to the last byte of the answer, ms. */
  timeout?: number
}

export interface SyncClient {
  /**
   * Posts a mesh.json to a hub and gives the merged one that it answers, validated. Throws FcnError: `unreachable`, `timeout`,
   * `unauthorized`, `too_many` (details: retryAfter, seconds), `too_large`, `encrypted_only`, `not_found` for a node that
   * cannot sync, `bad_answer`, `refused_address`, `own_address`. One request each; no redirects are followed.
   */
  exchange(hub: { url: string; token: string; signal: AbortSignal }, file: MeshFile): Promise<MeshFile>
  close(): Promise<void>
}

export function createSyncClient(components: { clock: Clock; guard: DialGuard }, { timeout = 20_000 }: SyncClientOptions = {}): SyncClient {
  const exchange = createExchange(components, { timeout, maxAnswer: maxMeshFile })
  return {
    async exchange({ url, token, signal }, file) {
      const body = JSON.stringify(file)
      if (Buffer.byteLength(body) > maxMeshFile) throw tooLarge('The mesh.json of this node is too large to sync.')
      const answer = await exchange.ask({ url, path: '/api/mesh/sync', headers: { authorization: `Bearer ${token}` }, body, signal })
      refusePause(answer, url)
      if (answer.status >= 300) throw refusalOf(answer.status, hostOf(url))
      const merged = meshFile.safeParse(parseJson(answer.text))
      if (merged.success) return merged.data
      throw new FcnError('bad_answer', `${hostOf(url)} answers, but with no mesh.json: ${issueText(merged.error)}.`, {
        action: 'Check the URL: something else than a hub may answer there.',
      })
    },
    close: () => exchange.close(),
  }
}

const tooLarge = (message: string) => new FcnError('too_large', message, { action: 'Forget legacy peers that are gone.' })

/** What the hub writes beside the status is not shown: it may be anything. */
function refusalOf(status: number, host: string): FcnError {
  if (status < 400) {
    return new FcnError('bad_answer', `${host} sends this node elsewhere (status ${status}), and the token goes nowhere else.`, {
      action: 'Use the address of the hub itself.',
    })
  }
  switch (status) {
    case 401:
      return new FcnError('unauthorized', `${host} does not accept the token.`, {
        action: 'Have a new token made there and change it here. If it is an older node, it cannot sync at all.',
      })
    case 403:
      return new FcnError('encrypted_only', `${host} does not let this computer sync: it may take encrypted connections only.`, {
        action: 'Join its mesh instead, or ask its owner to switch “encrypted peers only” off.',
      })
    case 404:
    case 405:
    case 501:
      return new FcnError('not_found', `${host} is an older node that cannot sync.`, {
        action: 'Update it, or use the URL of a hub that can.',
      })
    case 413:
      return tooLarge(`The mesh.json of this node is too large for ${host}.`)
    default:
      return new FcnError('bad_answer', `${host} did not sync (status ${status}).`, {
        action: 'It is tried again by itself. If this goes on, look into the log of the hub.',
      })
  }
}
