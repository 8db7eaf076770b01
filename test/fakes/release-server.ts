import { createHash } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { createReleaseSigner } from './release-signer.ts'

interface Release {
  version: string
  content: string
  /** To how many of a hundred it is offered. */
  share?: number
  /** What is served in place of the content that was signed. */
  served?: string
  signature?: string
}

/** A server of releases on loopback, as the release workflow leaves them (`latest-linux.yml` and a file). */
export async function startReleaseServer(signer: Awaited<ReturnType<typeof createReleaseSigner>>) {
  const files = new Map<string, string>()
  const asked: { url: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    asked.push({ url: request.url ?? '', headers: request.headers })
    const body = files.get(pathname)
    response.writeHead(body === undefined ? 404 : 200).end(body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async offer({ version, content, share, served = content, signature }: Release) {
      const url = `free-compute-node-${version}-linux-x64.AppImage`
      const file = { url, sha512: createHash('sha512').update(content).digest('base64'), size: Buffer.byteLength(content) }
      const statement = { version, files: [file] }
      const channel = {
        ...statement,
        ...{ path: url, sha512: file.sha512, releaseDate: '2026-11-28T12:00:00.000Z' },
        ...(share !== undefined && { stagingPercentage: share }),
        signature: signature ?? (await signer.sign(statement)),
      }
      files.set(`/${url}`, served)
      // YAML takes JSON as it is
      for (const name of ['latest-linux.yml', 'latest-linux-arm64.yml']) files.set(`/${name}`, JSON.stringify(channel))
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
