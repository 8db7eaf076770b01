import { z } from 'zod'
import { FcnError } from '../../errors.ts'
import { parseJson } from '../../support/json.ts'
import { httpGet } from '../http-check.ts'
import type { CapabilityProvider, Look } from '../provider.ts'

const ollamaTags = z.object({ models: z.array(z.object({ name: z.string() })) })
const openAiModels = z.object({ data: z.array(z.object({ id: z.string() })) })

/** A server of language models: Ollama by its list of models, any other by the OpenAI one. */
export const aiProvider: CapabilityProvider = {
  name: 'ai',
  backend: 'Ollama or any OpenAI-compatible server',
  // Ollama, LM Studio
  usualPlaces: ['http://127.0.0.1:11434', 'http://127.0.0.1:1234'],
  async check(backend, look) {
    const tags = ollamaTags.safeParse(await jsonAt(backend, '/api/tags', look))
    if (tags.success) return { detail: `Ollama, ${count(tags.data.models.length)}` }
    const list = openAiModels.safeParse(await jsonAt(backend, modelsPath(backend), look))
    if (list.success) return { detail: `OpenAI-compatible, ${count(list.data.data.length)}` }
    throw new FcnError('bad_answer', `The program at ${backend.host} answers, but neither as Ollama nor as an OpenAI-compatible server.`, {
      action: 'Give the address of the model server (for Ollama usually http://127.0.0.1:11434).',
    })
  },
}

/** The JSON there, or undefined when there is none. */
async function jsonAt(backend: URL, path: string, look: Look): Promise<unknown> {
  const { status, text } = await httpGet(backend, path, look)
  if (status >= 500) {
    throw new FcnError('backend_failed', `The model server at ${backend.host} reports a fault of its own (status ${status}).`, {
      action: 'See the log of the model server.',
    })
  }
  return status === 200 ? parseJson(text) : undefined
}

/** Users give the address with and without the version that OpenAI clients want. */
const modelsPath = (backend: URL): string => (/\/v1\/?$/u.test(backend.pathname) ? '/models' : '/v1/models')

const count = (models: number): string => (models === 1 ? '1 model' : `${models} models`)
