import { hostOf, portOf, authority } from '../../support/authority.ts'
import type { CapabilityProvider, CapabilityServer, Look } from '../provider.ts'
import { modelsText } from './engine-status.ts'
import { askEngine } from './engines/ask-engine.ts'
import { identify, profileOf, usualPorts } from './engines/identify.ts'

/** Language models: the engines of this computer, and those whose address was given. */
export const createAiProvider = (server: CapabilityServer): CapabilityProvider => ({
  name: 'ai',
  backend: 'Ollama or any OpenAI-compatible server',
  usualPlaces: usualPorts.map((port) => `http://127.0.0.1:${port}`),
  check: checkEngine,
  server,
})

async function checkEngine(backend: URL, look: Look): Promise<{ detail: string }> {
  const url = backend.href.replace(/\/+$/u, '').replace(/\/v1$/u, '')
  const talk = askEngine({ url, key: null }, look)
  const { kind, label } = await identify(talk, authority(hostOf(backend), portOf(backend)))
  const models = await profileOf(kind).models(talk, new Map())
  return { detail: `${label}, ${modelsText(models.length)}` }
}
