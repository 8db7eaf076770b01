import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { mergeMeshFiles } from '../../electron/agent/legacy/mesh-file.ts'
import { type MeshFile, meshFile } from '../../electron/contract/mesh-file.ts'

export interface SyncHub {
  url: string
  /** Every request it got: method and path, and what it was sent. */
  readonly requests: { call: string; authorization: string | undefined; body: string }[]
  /** What it knows. */
  file: MeshFile
  /** Answers in its place from now on; null: it is itself again. */
  instead: RequestListener | null
  close(): Promise<void>
}

/** A hub of the old world: a real HTTP server that takes a token, merges what is posted and answers the merged file. */
export async function startSyncHub({
  token = 'the-token',
  file = { nodes: [] },
}: { token?: string; file?: MeshFile } = {}): Promise<SyncHub> {
  const hub: Omit<SyncHub, 'url' | 'close'> = { requests: [], file, instead: null }
  const answer: RequestListener = (request, response) => {
    void text(request).then((body) => {
      const { authorization } = request.headers
      const call = `${request.method} ${request.url}`
      hub.requests.push({ call, authorization, body })
      if (hub.instead !== null) return hub.instead(request, response)
      const send = (status: number, value: unknown) =>
        void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
      if (call !== 'POST /api/mesh/sync') return send(404, { error: 'Not found' })
      if (authorization !== `Bearer ${token}`) return send(401, { error: 'Unauthorized' })
      hub.file = mergeMeshFiles(hub.file, meshFile.parse(JSON.parse(body)))
      send(200, hub.file)
    })
  }
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(hub, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}
