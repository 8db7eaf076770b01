import { onTestFinished, describe, expect, it } from 'vitest'
import { createProgramSearch } from '../../../../electron/agent/capabilities/program-search.ts'
import type { CapabilityProvider } from '../../../../electron/agent/capabilities/provider.ts'
import { allProviders } from '../../../../electron/agent/capabilities/registry.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import type { CapabilityName } from '../../../../electron/contract/capability.ts'
import { createAiNode } from '../../../fakes/ai-node.ts'
import { startBackend } from '../../../fakes/backend.ts'

const guard = createDialGuard()
const providers = allProviders({ ai: createAiNode().provider })
const nowhere: CapabilityProvider = { name: 'ai', backend: '', check: async () => ({ detail: 'never asked' }) }

/** The real provider of AI, looking at `places` only, and the others nowhere. */
function searchAt(places: readonly string[]) {
  const ai = { ...providers.ai, usualPlaces: places }
  const others = Object.fromEntries((['storage', 'compute', 'gateway', 'archive'] as const).map((name) => [name, { ...nowhere, name }]))
  return createProgramSearch({ providers: { ...others, ai } as Record<CapabilityName, CapabilityProvider>, guard })
}

async function modelServer() {
  let asked = 0
  const backend = await startBackend((request, response) => {
    if (request.url === '/api/tags') asked++
    if (request.url === '/api/version') response.end('{"version":"0.12.6"}')
    else if (request.url === '/api/tags') response.end(JSON.stringify({ models: [{ name: 'llama' }] }))
    else response.writeHead(404).end()
  })
  onTestFinished(backend.stop)
  return { url: backend.url, asked: () => asked }
}

async function webServer() {
  const backend = await startBackend((_request, response) => void response.end('<html>'))
  onTestFinished(backend.stop)
  return backend.url
}

describe('the search for programs on this computer', () => {
  it('finds what the check of a capability accepts, and says what it is', async () => {
    const { url } = await modelServer()
    expect(await searchAt([url]).find()).toEqual([{ name: 'ai', backend: url, detail: 'Ollama, 1 model' }])
  })

  it('takes the likeliest of several, and passes over what is something else', async () => {
    const [first, second, other] = [await modelServer(), await modelServer(), await webServer()]
    expect(await searchAt([other, first.url, second.url]).find()).toMatchObject([{ backend: first.url }])
  })

  it('finds nothing where nothing answers', async () => {
    expect(await searchAt(['http://127.0.0.1:9']).find()).toEqual([])
    expect(await searchAt([]).find()).toEqual([])
  })

  it('asks once when two ask at the same time', async () => {
    const { url, asked } = await modelServer()
    const search = searchAt([url])
    const [one, two] = await Promise.all([search.find(), search.find()])
    expect(two).toEqual(one)
    expect(asked()).toBe(1)
  })

  it('looks at loopback only, and at no capability whose program nothing tells from another', () => {
    const places = Object.values(providers).map(({ name, usualPlaces = [] }) => [name, usualPlaces] as const)
    expect(places.flatMap(([, urls]) => urls).filter((url) => new URL(url).hostname !== '127.0.0.1')).toEqual([])
    expect(places.filter(([, urls]) => urls.length > 0).map(([name]) => name)).toEqual(['storage', 'ai'])
  })
})
