import type { RequestListener } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { askEngine } from '../../../../../electron/agent/capabilities/ai/engines/ask-engine.ts'
import type { EngineFacts } from '../../../../../electron/agent/capabilities/ai/engines/engine-place.ts'
import { parametersText } from '../../../../../electron/agent/capabilities/ai/engines/engine-profile.ts'
import { engineUrl } from '../../../../../electron/agent/capabilities/ai/engines/engine-url.ts'
import { identify, profileOf } from '../../../../../electron/agent/capabilities/ai/engines/identify.ts'
import { createDialGuard } from '../../../../../electron/agent/support/dial-guard.ts'
import type { EngineModel } from '../../../../../electron/contract/ai.ts'
import { startFakeEngine } from '../../../../fakes/ai/fake-engine.ts'
import { startBackend } from '../../../../fakes/backend.ts'

const look = { signal: new AbortController().signal, guard: createDialGuard() }
const facts = (url: string, key: string | null = null): Promise<EngineFacts> => identify(askEngine({ url, key }, look), 'it')
const models = async (url: string, notes = new Map<string, unknown>()): Promise<EngineModel[]> => {
  const talk = askEngine({ url, key: null }, look)
  return profileOf((await identify(talk, 'it')).kind).models(talk, notes)
}

async function fake(options: Parameters<typeof startFakeEngine>[0]) {
  const engine = await startFakeEngine(options)
  onTestFinished(engine.stop)
  return engine
}
const json =
  (routes: Record<string, unknown>): RequestListener =>
  (request, response) => {
    const found = routes[request.url ?? '']
    response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(found === undefined ? '{"error":"not found"}' : JSON.stringify(found))
  }
async function serve(listener: RequestListener): Promise<string> {
  const { url, stop } = await startBackend(listener)
  onTestFinished(stop)
  return url
}

describe('an engine', () => {
  it.each(['ollama', 'lmstudio', 'llamacpp', 'vllm', 'openai'] as const)('%s is known by what it says, whatever its port', async (kind) => {
    expect(await facts((await fake({ kind })).url)).toMatchObject({ kind, openAiPath: '/v1' })
  })

  it('LocalAI and Jan are known too', async () => {
    const list = { data: [{ id: 'm' }, { id: 'n' }] }
    const localAi = await serve(json({ '/v1/models': list, '/system': { backends: ['llama-cpp'], loaded_models: [{ id: 'n' }] } }))
    expect(await facts(localAi)).toMatchObject({ kind: 'localai' })
    expect((await models(localAi)).map(({ name, loaded }) => [name, loaded])).toEqual([
      ['m', false],
      ['n', true],
    ])
    const jan = await serve(json({ '/v1/models': list, '/openapi.json': { info: { title: 'Jan API Server', version: '0.7' } } }))
    expect(await facts(jan)).toMatchObject({ kind: 'jan', version: '0.7' })
  })

  it('is asked in its own dialect where it has one, and in OpenAI’s', async () => {
    const { operations } = await facts((await fake({ kind: 'ollama' })).url)
    expect([...operations]).toEqual(expect.arrayContaining(['ollama.chat', 'ollama.generate', 'ollama.embed', 'openai.chat']))
    expect((await facts((await fake({ kind: 'vllm' })).url)).operations.has('ollama.chat')).toBe(false)
  })

  it('has a newer call when it says that something is missing, not that there is no such call', async () => {
    const url = await serve((request, response) => {
      const status = request.method === 'POST' ? (request.url === '/v1/messages' ? 400 : 404) : request.url === '/v1/models' ? 200 : 404
      response.writeHead(status).end('{"data":[]}')
    })
    const { operations } = await facts(url)
    expect(operations.has('anthropic.messages')).toBe(true)
    expect(operations.has('openai.responses')).toBe(false)
  })

  it('may have its list of models at an address without a version', async () => {
    expect(await facts(`${await serve(json({ '/beta/openai/models': { data: [] } }))}/beta/openai`)).toMatchObject({
      kind: 'openai',
      openAiPath: '',
    })
  })

  it('wants its key, and gets it', async () => {
    const { url } = await fake({ key: 'sk-secret' })
    await expect(facts(url)).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(facts(url, 'sk-wrong')).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.not.stringContaining('sk-wrong') as unknown,
    })
    expect(await facts(url, 'sk-secret')).toMatchObject({ kind: 'openai' })
  })

  it('is none when it is a web page, another node, or faulty', async () => {
    await expect(facts(await serve((_request, response) => void response.end('<html>')))).rejects.toMatchObject({ code: 'bad_answer' })
    const node = json({ '/v1/models': { data: [] } })
    const ofNode = await serve((request, response) => {
      response.setHeader('x-fcn-node', 'NODE')
      node(request, response)
    })
    await expect(facts(ofNode)).rejects.toMatchObject({ code: 'own_address' })
    await expect(facts(await serve((_request, response) => void response.writeHead(503).end()))).rejects.toMatchObject({
      code: 'backend_failed',
    })
  })
})

describe('the models of an engine', () => {
  it('of Ollama come with what it tells of each: what for, how long, how large, whether in memory', async () => {
    const { url } = await fake({
      kind: 'ollama',
      models: [
        { name: 'llama3.2:latest', uses: ['chat', 'tools', 'vision'], contextLength: 131_072, size: 7 },
        { name: 'bge-m3', uses: ['embedding'] },
      ],
    })
    expect(await models(url)).toMatchObject([
      {
        ...{ name: 'llama3.2:latest', contextLength: 131_072, size: 7, parameters: '3.2B', quantization: 'Q4_K_M', loaded: false },
        uses: ['chat', 'completion', 'tools', 'vision'],
      },
      { name: 'bge-m3', uses: ['embedding'] },
    ])
  })

  it('of Ollama are asked for one by one once, not at every look', async () => {
    let shown = 0
    const tags = json({
      '/api/version': { version: '1' },
      '/api/tags': { models: [{ name: 'm', digest: 'd' }] },
      '/api/ps': { models: [{ name: 'm' }] },
    })
    const url = await serve((request, response) => {
      if (request.url === '/api/show') shown++
      tags(request, response)
    })
    const notes = new Map<string, unknown>()
    await models(url, notes)
    expect(await models(url, notes)).toMatchObject([{ name: 'm', loaded: true, uses: ['chat', 'completion'] }])
    expect(shown).toBe(1)
  })

  it('of LM Studio and llama.cpp tell how long, and that they are in memory', async () => {
    const tiny = [{ name: 'tiny', contextLength: 2_048 }]
    expect(await models((await fake({ kind: 'lmstudio', models: tiny })).url)).toMatchObject([
      { name: 'tiny', loaded: true, contextLength: 2_048, quantization: 'Q4_K_M' },
    ])
    expect(await models((await fake({ kind: 'llamacpp', models: tiny })).url)).toMatchObject([
      { name: 'tiny', loaded: true, contextLength: 4_096 },
    ])
  })

  it('of llama.cpp never show where the file of a model is', async () => {
    const list = { data: [{ id: '/home/mia/models/tiny.gguf', owned_by: 'llamacpp', meta: { n_params: 1_240_000_000 } }] }
    expect(await models(await serve(json({ '/v1/models': list })))).toMatchObject([{ name: 'tiny.gguf', parameters: '1.2B' }])
  })

  it('whose names other nodes would not take are left out, and so is what is more than 200', async () => {
    const data = [{ id: 'with space' }, { id: 'x'.repeat(200) }, ...Array.from({ length: 300 }, (_none, number) => ({ id: `m${number}` }))]
    const found = await models(await serve(json({ '/v1/models': { data } })))
    expect(found).toHaveLength(200)
    expect(found[0]).toMatchObject({ name: 'm0' })
  })
})

describe('the address of an engine', () => {
  it('is the same with and without what OpenAI’s clients want at its end', () => {
    for (const text of ['http://h:1234', 'http://h:1234/', 'http://h:1234/v1', 'http://h:1234/v1/'])
      expect(engineUrl(text)).toBe('http://h:1234')
    expect(engineUrl('https://h/openai/v1')).toBe('https://h/openai')
    expect(() => engineUrl('ftp://h')).toThrow(expect.objectContaining({ code: 'invalid_input' }))
  })
})

describe('a number of parameters', () => {
  it.each([
    [3_212_749_888, '3.2B'],
    [70_000_000_000, '70B'],
    [135_000_000, '135M'],
    [12_000, '12K'],
    [0, null],
    [undefined, null],
  ])('%s is %s', (count, text) => {
    expect(parametersText(count)).toBe(text)
  })
})
