import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { PeerRequest } from '../../../../electron/agent/components.ts'
import { askForModels } from '../../../../electron/agent/models/ask-for-models.ts'
import { listed } from '../../../fakes/memory-models.ts'

const asked = { node: 'B', mesh: 'M', signal: new AbortController().signal }

/** A member that answers so. */
const ask = (status: number, body: string) => {
  const requests: PeerRequest[] = []
  const transport = {
    request: async (_node: string, request: PeerRequest) => {
      requests.push(request)
      return { status, headers: {}, body: Readable.from(Buffer.from(body)) }
    },
  }
  return { requests, answer: askForModels({ transport }, asked) }
}

describe('a member that is asked for its models', () => {
  it('is asked below the mesh, and gives its list', async () => {
    const list = { models: [listed('a')], tokensLeft: 9 }
    const { requests, answer } = ask(200, JSON.stringify(list))
    expect(await answer).toEqual(list)
    expect(requests).toMatchObject([{ method: 'GET', path: '/peer/v1/capabilities/M/ai/fcn/models' }])
  })

  it('refuses in its own words', async () => {
    await expect(ask(403, '{"code":"not_granted","message":"No."}').answer).rejects.toMatchObject({ code: 'not_granted', message: 'No.' })
  })

  it('is not believed when it answers something else, or without end', async () => {
    for (const [status, body] of [[200, '<html>'], [200, '{"models":1}'], [404, 'nothing'], [200, ' '.repeat(257 * 1024)]] as const) {
      await expect(ask(status, body).answer).rejects.toMatchObject({ code: 'bad_answer' })
    } // prettier-ignore
  })
})
