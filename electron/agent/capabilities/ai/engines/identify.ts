/** Which engine answers at an address: found out by asking it, whatever its port. */
import type { WorkOperation } from '../../../dialects/dialect.ts'
import { FcnError } from '../../../errors.ts'
import type { EngineTalk } from './ask-engine.ts'
import type { EngineFacts } from './engine-place.ts'
import type { EngineProfile } from './engine-profile.ts'
import { llamaCpp } from './llama-cpp.ts'
import { lmStudio } from './lm-studio.ts'
import { ollama } from './ollama.ts'
import { openAiModels } from './openai-models.ts'
import { jan, localAi, openAiCompatible, vllm } from './other-engines.ts'

/** In the order in which they are tried: who imitates another comes first, who fits everybody last. */
export const profiles: readonly EngineProfile[] = [llamaCpp, vllm, ollama, lmStudio, localAi, jan, openAiCompatible]

/** Loopback ports at which engines are looked for, the likeliest first. */
export const usualPorts: readonly number[] = [...new Set([ollama, lmStudio, llamaCpp, vllm, jan, localAi].flatMap(({ ports }) => ports))]

export const profileOf = (kind: EngineProfile['kind']): EngineProfile => profiles.find((one) => one.kind === kind) ?? openAiCompatible

/** Throws as `EngineTalk`; `unauthorized`, `backend_failed` for a fault of its own, `bad_answer` for what is no engine. */
export async function identify(talk: EngineTalk, host: string): Promise<EngineFacts> {
  const { status } = await talk.get('/v1/models')
  if (status === 401 || status === 403) throw wantsKey(host)
  if (status >= 500) throw isFaulty(host, status)
  for (const profile of profiles) {
    const found = await profile.recognise(talk)
    if (found === null) continue
    const openAiPath = (await openAiModels(talk)) === null && (await openAiModels(talk, '/models')) !== null ? '' : '/v1'
    const operations = new Set<WorkOperation>([...ofAll, ...profile.operations, ...(await newerOperations(talk, openAiPath))])
    return { kind: profile.kind, label: profile.label, version: found.version, openAiPath, operations }
  }
  throw new FcnError('bad_answer', `The program at ${host} answers, but it is no engine for language models that this node knows.`, {
    action: 'Give the address of Ollama, LM Studio, llama.cpp, vLLM, Jan, LocalAI or another server that speaks OpenAI’s dialect.',
  })
}

const ofAll: WorkOperation[] = ['openai.chat', 'openai.completion', 'openai.embed']

/** Calls that only newer versions of engines have; asked for nothing, they say that something is missing, or that there is no such call. */
const newer: [path: string, operation: WorkOperation][] = [
  ['/responses', 'openai.responses'],
  ['/messages', 'anthropic.messages'],
  ['/messages/count_tokens', 'anthropic.count'],
]

async function newerOperations(talk: EngineTalk, openAiPath: string): Promise<WorkOperation[]> {
  const found = await Promise.all(
    newer.map(async ([path, operation]) => {
      const { status } = await talk.post(openAiPath + path, {})
      return status === 400 || status === 422 ? [operation] : []
    }),
  )
  return found.flat()
}

const wantsKey = (host: string) =>
  new FcnError('unauthorized', `The engine at ${host} wants a key, or another one.`, {
    action: 'Remove it, and add it again with its key: “fcn ai engine add URL --key-file FILE”.',
  })

const isFaulty = (host: string, status: number) =>
  new FcnError('backend_failed', `The engine at ${host} reports a fault of its own (status ${status}).`, {
    action: 'See the log of the engine.',
  })
