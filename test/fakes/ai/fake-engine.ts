/**
 * An engine of models on loopback that behaves like one of those there are: the same paths, forms, streams and errors, and
 * what it writes is up to its speaker. It remembers what it was asked, and notices when a caller goes away.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { anthropicFront } from './anthropic-front.ts'
import { type FakeModel, type Front, type FrontRequest, sendJson } from './front.ts'
import { ollamaFront } from './ollama-front.ts'
import { openAiFront } from './openai-front.ts'
import { EngineFault, type Script, scriptedSpeaker, type Speaker } from './speaker.ts'

/** Which program it is. `openai`: any other server that speaks OpenAI’s dialect. */
export type FakeKind = 'ollama' | 'lmstudio' | 'llamacpp' | 'vllm' | 'openai'

interface FakeEngineOptions {
  kind?: FakeKind
  models?: readonly FakeModel[]
  script?: Script
  /** What single models do instead. */
  scripts?: Readonly<Record<string, Script>>
  /** In place of the script. */
  speaker?: Speaker
  /** Programs must show it, as `Authorization: Bearer`. */
  key?: string
  /** Address that it listens at; loopback without. */
  host?: string
  port?: number
}

export interface FakeEngine extends AsyncDisposable {
  url: string
  port: number
  /** What it was asked to write, in order; lists and looks are left out. */
  asked: FrontRequest[]
  /** Answers that it is writing at this moment. */
  running(): number
  /** Answers that it gave up because the caller went away. */
  abandoned(): number
  /** How it, or one model of it, behaves from now on. */
  setScript(script: Script, model?: string): void
  setModels(models: readonly FakeModel[]): void
  /** As when its process is killed: connections break, and nothing listens. */
  stop(): Promise<void>
}

const fronts: Record<FakeKind, readonly Front[]> = {
  ollama: [ollamaFront, openAiFront],
  lmstudio: [openAiFront],
  llamacpp: [openAiFront, anthropicFront],
  vllm: [openAiFront],
  openai: [openAiFront],
}

/** What tells one program from another. */
function signOf(kind: FakeKind, path: string, models: readonly FakeModel[]): string | object | undefined {
  const signs: Record<FakeKind, Record<string, string | object>> = {
    ollama: { '/': 'Ollama is running' },
    lmstudio: { '/api/v0/models': { object: 'list', data: models.map(lmStudioModel) } },
    llamacpp: {
      '/health': { status: 'ok' },
      '/props': { default_generation_settings: { n_ctx: 4_096 }, total_slots: 4, build_info: 'b9999-0' },
    },
    vllm: { '/version': { version: '0.14.0' }, '/health': '' },
    openai: {},
  }
  return signs[kind][path]
}

const lmStudioModel = ({ name, contextLength = 4_096 }: FakeModel) => ({
  ...{ id: name, object: 'model', type: 'llm', publisher: 'test', arch: 'llama', compatibility_type: 'gguf', quantization: 'Q4_K_M' },
  ...{ state: 'loaded', max_context_length: contextLength, loaded_context_length: contextLength },
})

const owners: Partial<Record<FakeKind, string>> = { vllm: 'vllm', llamacpp: 'llamacpp', ollama: 'library' }

/** Largest request that it reads, bytes. */
const maxBody = 64 * 1024 * 1024

export async function startFakeEngine({
  kind = 'openai',
  models: first = [{ name: 'tiny' }],
  ...options
}: FakeEngineOptions = {}): Promise<FakeEngine> {
  let script = options.script ?? {}
  const scripts = new Map(Object.entries(options.scripts ?? {}))
  let models = first
  let running = 0
  let abandoned = 0
  const asked: FrontRequest[] = []
  const loaded = new Set<string>()
  const speaker = options.speaker ?? scriptedSpeaker((model) => scripts.get(model) ?? script)

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await read(incoming)
    const sign = signOf(kind, request.path, models)
    if (request.method !== 'POST' && sign !== undefined)
      return typeof sign === 'string'
        ? void response.writeHead(200, { 'content-type': 'text/plain' }).end(sign)
        : sendJson(response, 200, sign)
    if (options.key !== undefined && request.headers.authorization !== `Bearer ${options.key}`)
      throw new EngineFault('Invalid API Key', { status: 401 })
    // who asks for no model wants to know whether the call is there
    const work = request.method === 'POST' && request.path !== '/api/show' && typeof request.body['model'] === 'string'
    if (work) asked.push(request)
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    running += work ? 1 : 0
    try {
      for (const front of fronts[kind]) {
        const answer = front.answer(request, response, { models, speaker, loaded, owner: owners[kind] ?? 'owner', signal: gone.signal })
        if (answer !== null) return await answer
      }
      throw new EngineFault('404 page not found', { status: 404 })
    } finally {
      running -= work ? 1 : 0
      if (work && gone.signal.aborted && !response.writableFinished) abandoned += 1
    }
  }

  const fail = (response: ServerResponse, error: unknown, path: string) => {
    const fault = error instanceof EngineFault ? error : null
    if (fault === null || fault.isCut || response.headersSent) return void response.destroy()
    const front = path.startsWith('/api/') ? ollamaFront : path.startsWith('/v1/messages') ? anthropicFront : openAiFront
    sendJson(response, fault.status, front.fault(fault))
  }

  const server = createServer((incoming, response) => {
    if (kind === 'llamacpp') response.setHeader('server', 'llama.cpp')
    handle(incoming, response).catch((error: unknown) => fail(response, error, incoming.url ?? ''))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  return {
    ...{ url: `http://127.0.0.1:${port}`, port, asked, stop, [Symbol.asyncDispose]: stop },
    running: () => running,
    abandoned: () => abandoned,
    setScript(next, model) {
      if (model === undefined) script = next
      else scripts.set(model, next)
    },
    setModels: (next) => void (models = next),
  }
}

async function read(incoming: IncomingMessage): Promise<FrontRequest> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBody) throw new EngineFault('request body too large', { status: 413 })
    chunks.push(chunk)
  }
  const path = (incoming.url ?? '').split('?', 1)[0] ?? ''
  return { method: incoming.method ?? '', path, headers: incoming.headers, body: parsed(Buffer.concat(chunks).toString('utf8')) }
}

function parsed(text: string): Record<string, unknown> {
  if (text === '') return {}
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    throw new EngineFault('invalid character in request body', { status: 400 })
  }
}
