import { writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { FcnError, toFcnError } from '../../electron/agent/errors.ts'
import { controlProof } from '../../electron/agent/store/control-proof.ts'
import { openControlToken } from '../../electron/agent/store/control-token.ts'
import { writeRunningFile } from '../../electron/agent/store/running-file.ts'
import { systemRandom } from '../../electron/agent/support/random.ts'
import { type CallHandlers, type CallName, calls } from '../../electron/contract/calls.ts'

export interface LocalApi extends AsyncDisposable {
  url: string
  /** Every call that was answered, with its validated input. */
  readonly received: { name: string; input: unknown }[]
  /** Answers the next call that shows a token, or asks for the description, with this text instead, whatever it is. */
  answerNext(status: number, text: string): void
}

/**
 * The local control API of a node: a real HTTP server on loopback that checks the token, validates input by the
 * contract and answers with `handlers`. Leaves `running.json` and `control-token` in `dataDir`, as a node does.
 */
export async function startLocalApi(dataDir: string, handlers: Partial<CallHandlers>): Promise<LocalApi> {
  const token = await openControlToken(dataDir, systemRandom)
  const received: LocalApi['received'] = []
  let canned: { status: number; text: string } | null = null

  const answer = async (request: IncomingMessage): Promise<unknown> => {
    if (request.headers.authorization !== `Bearer ${token}`) throw new FcnError('unauthorized', 'The control token is wrong.')
    const name = request.url?.replace(/^\/local\/v1\//u, '') as CallName
    const handler = handlers[name] as ((input: unknown) => unknown) | undefined
    if (request.method !== 'POST' || !handler) throw new FcnError('not_found', `There is no call ${name}.`)
    const input = calls[name].input.safeParse(JSON.parse(await text(request)))
    if (!input.success) throw new FcnError('invalid_input', `The input of ${name} is not valid.`)
    received.push({ name, input: input.data })
    return handler(input.data)
  }

  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const challenge = /^\/local\/v1\/proof\/([\w-]+)$/u.exec(request.url ?? '')?.[1]
    if (challenge !== undefined) {
      response.end(JSON.stringify({ proof: controlProof(token, challenge, request.socket.localPort ?? 0) }))
      return
    }
    if (canned && (request.headers.authorization !== undefined || request.url === '/openapi.json')) {
      response.writeHead(canned.status).end(canned.text)
      canned = null
      return
    }
    try {
      const value = await answer(request)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ value }))
    } catch (thrown) {
      const error = toFcnError(thrown)
      response.writeHead(error.status, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.toFailure() }))
    }
  }

  const server = createServer((request, response) => void respond(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  await writeRunningFile(dataDir, { pid: process.pid, port, url, startedAt: Date.now() })

  return {
    url,
    received,
    answerNext: (status, text) => void (canned = { status, text }),
    async [Symbol.asyncDispose]() {
      await writeFile(join(dataDir, 'running.json'), '')
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
