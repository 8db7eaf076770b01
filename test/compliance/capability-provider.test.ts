import type { RequestListener } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { capabilityNames, type CapabilityName } from '../../electron/contract/capability.ts'
import { allProviders } from '../../electron/agent/capabilities/registry.ts'
import { createDialGuard } from '../../electron/agent/support/dial-guard.ts'
import { createAiNode } from '../fakes/ai-node.ts'
import { startBackend } from '../fakes/backend.ts'

const providers = allProviders({ ai: createAiNode().provider })

/** What each provider is tried with. A new provider adds its line. */
interface Case {
  /** Programs that fit, with what the check says of them. */
  good: { program: string; serve: RequestListener; path?: string; detail: string }[]
  /** A program of another kind; null when any HTTP service will do. */
  other: RequestListener | null
}

const json =
  (routes: Record<string, unknown>): RequestListener =>
  (request, response) => {
    const found = routes[request.url ?? '']
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(found === undefined ? '{"error":"not found"}' : JSON.stringify(found))
  }
const xml =
  (text: string): RequestListener =>
  (_request, response) =>
    response.writeHead(403, { 'content-type': 'application/xml' }).end(text)
const webPage: RequestListener = (_request, response) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><p>Hello')
const minio: RequestListener = (request, response) =>
  response.writeHead(request.url === '/minio/health/live' ? 200 : 403, { server: 'MinIO' }).end()

const anyService: Case = { good: [{ program: 'a web page', serve: webPage, detail: 'answers with status 200' }], other: null }

const cases: Record<CapabilityName, Case> = {
  storage: {
    good: [
      { program: 'MinIO', serve: minio, detail: 'MinIO' },
      {
        program: 'another S3 server',
        serve: xml('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>'),
        detail: 'S3 storage',
      },
      { program: 'an open S3 server', serve: xml('<ListAllMyBucketsResult xmlns="x"></ListAllMyBucketsResult>'), detail: 'S3 storage' },
    ],
    other: webPage,
  },
  ai: {
    good: [
      {
        program: 'Ollama',
        serve: json({ '/api/version': { version: '0.12.6' }, '/api/tags': { models: [{ name: 'a' }, { name: 'b' }] } }),
        detail: 'Ollama, 2 models',
      },
      {
        program: 'an OpenAI-compatible server',
        serve: json({ '/v1/models': { data: [{ id: 'a' }] } }),
        detail: 'OpenAI-compatible, 1 model',
      },
      { program: 'the same by its /v1', path: '/v1', serve: json({ '/v1/models': { data: [] } }), detail: 'OpenAI-compatible, 0 models' },
    ],
    other: webPage,
  },
  compute: anyService,
  gateway: anyService,
  archive: anyService,
}

async function backend(serve: RequestListener, path = ''): Promise<URL> {
  const { url, stop } = await startBackend(serve)
  onTestFinished(stop)
  return new URL(url + path)
}

const guard = createDialGuard()
const ever = { signal: new AbortController().signal, guard }

/** What the task failed with. */
const failureOf = (task: Promise<unknown>): Promise<unknown> =>
  task.then(
    () => 'no failure',
    (thrown: unknown) => thrown,
  )

/** An error as the screen needs it: from the table, a whole sentence, and what to do. */
const help = (code: string) => {
  const sentence = expect.stringMatching(/^[A-Z].*\.$/u) as string
  return expect.objectContaining({ name: 'FcnError', code, message: sentence, action: sentence }) as unknown
}

describe.each(capabilityNames)('the provider of %s', (name) => {
  const provider = providers[name]
  const { good, other } = cases[name]

  it('is the one for its name, and says which programs fit', () => {
    expect(provider.name).toBe(name)
    expect(provider.backend).toMatch(/^[A-Za-z].*[^.]$/u)
  })

  it.each(good)('recognises $program', async ({ serve, path, detail }) => {
    const url = await backend(serve, path)
    const found = await provider.check(url, ever)
    expect(found).toEqual({ detail })
    expect(found.detail).not.toContain(url.host)
  })

  it.skipIf(other === null)('tells a program of another kind (skipped where any HTTP service will do)', async () => {
    expect(await failureOf(provider.check(await backend(other ?? webPage), ever))).toEqual(help('bad_answer'))
  })

  it('says so when nothing answers', async () => {
    const { url, stop } = await startBackend(webPage)
    await stop()
    expect(await failureOf(provider.check(new URL(url), ever))).toEqual(help('backend_failed'))
  })

  it('says so when the program reports a fault of its own', async () => {
    const url = await backend((_request, response) => response.writeHead(503).end())
    expect(await failureOf(provider.check(url, ever))).toEqual(help('backend_failed'))
  })

  it('says so when what answers is not HTTP', async () => {
    const server = createServer((socket) => socket.on('error', () => undefined).end('220 mail.example ESMTP\r\n'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(async () => void server.close())
    expect(await failureOf(provider.check(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), ever))).toEqual(
      help('backend_failed'),
    )
  })

  it('reads no more than 1 MiB of an answer', async () => {
    let sent = 0
    const url = await backend((_request, response) => {
      const block = Buffer.alloc(64 * 1024, 'a')
      const pump = () => {
        do sent += block.length
        while (!response.destroyed && response.write(block))
      }
      response.on('drain', pump)
      pump()
    })
    expect(await failureOf(provider.check(url, ever))).toEqual(help('bad_answer'))
    expect(sent).toBeLessThan(32 * 1024 * 1024)
  })

  it('ends when aborted', async () => {
    const url = await backend(() => undefined)
    const abort = new AbortController()
    const check = provider.check(url, { signal: abort.signal, guard })
    setImmediate(() => abort.abort(new Error('stopped')))
    await expect(check).rejects.toThrow('stopped')
  })
})

describe('every provider', () => {
  it('ends within a few seconds when the program never answers', async () => {
    const url = await backend(() => undefined)
    const failures = await Promise.all(Object.values(providers).map((provider) => failureOf(provider.check(url, ever))))
    expect(failures).toEqual(capabilityNames.map(() => help('timeout')))
  }, 8_000)
})
