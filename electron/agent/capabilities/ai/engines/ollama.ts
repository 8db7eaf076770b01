import { z } from 'zod'
import type { EngineModel, ModelUse } from '../../../../contract/ai.ts'
import { FcnError } from '../../../errors.ts'
import { parseJson } from '../../../support/json.ts'
import type { EngineTalk } from './ask-engine.ts'
import { bareModel, type EngineProfile, type ModelNotes, modelsOf } from './engine-profile.ts'

const version = z.object({ version: z.string().max(64) })
const tags = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      size: z.number().nonnegative().optional().catch(undefined),
      digest: z.string().max(128).default(''),
      details: z.object({ parameter_size: z.string(), quantization_level: z.string() }).partial().optional().catch(undefined),
    }),
  ),
})
type Tag = z.infer<typeof tags>['models'][number]
const running = z.object({ models: z.array(z.object({ name: z.string() })) })
const shown = z.object({
  capabilities: z.array(z.string()).max(32).optional().catch(undefined),
  model_info: z.record(z.string(), z.unknown()).optional().catch(undefined),
})

/** Models asked about one by one in a single look; the others have their turn in the next ones. */
const mostShown = 20

/** Ollama, and whatever answers as it does. */
export const ollama: EngineProfile = {
  kind: 'ollama',
  label: 'Ollama',
  ports: [11_434, 11_435],
  operations: ['ollama.chat', 'ollama.generate', 'ollama.embed', 'ollama.embeddings'],
  async recognise(talk) {
    const told = version.safeParse(await talk.json('/api/version'))
    return told.success && tags.safeParse(await talk.json('/api/tags')).success ? told.data : null
  },
  async models(talk, notes) {
    const listed = tags.safeParse(await talk.json('/api/tags')).data?.models
    if (listed === undefined)
      throw new FcnError('bad_answer', 'Ollama answers without a list of its models.', { action: 'Restart Ollama.' })
    const inMemory = new Set((running.safeParse(await talk.json('/api/ps')).data?.models ?? []).map(({ name }) => name))
    await learn(talk, notes, listed)
    return modelsOf(listed.map((tag) => modelOf(tag, { details: notes.get(noteOf(tag)), loaded: inMemory.has(tag.name) })))
  },
}

/** Another model under the same name has another digest. */
const noteOf = ({ name, digest }: Tag): string => `${name}@${digest}`

/** Asks about models that are new, and forgets those that are gone. */
async function learn(talk: EngineTalk, notes: ModelNotes, listed: readonly Tag[]): Promise<void> {
  const current = new Map(listed.map((tag) => [noteOf(tag), tag.name]))
  for (const note of notes.keys()) if (!current.has(note)) notes.delete(note)
  for (const [note, name] of [...current].filter(([key]) => !notes.has(key)).slice(0, mostShown)) {
    const { status, text } = await talk.post('/api/show', { model: name })
    notes.set(note, status === 200 ? detailsOf(text) : null)
  }
}

interface Details {
  uses: ModelUse[] | null
  contextLength: number | null
}

function detailsOf(text: string): Details | null {
  const told = shown.safeParse(parseJson(text)).data
  if (told === undefined) return null
  const context = Object.entries(told.model_info ?? {}).find(([key]) => /^[\w-]+\.context_length$/u.test(key))?.[1]
  const contextLength = typeof context === 'number' && Number.isInteger(context) && context > 0 ? context : null
  return { uses: told.capabilities === undefined ? null : told.capabilities.flatMap((word) => usesBy[word] ?? []), contextLength }
}

const usesBy: Record<string, ModelUse[]> = {
  completion: ['chat', 'completion'],
  embedding: ['embedding'],
  vision: ['vision'],
  tools: ['tools'],
}

function modelOf({ name, size, details: tag }: Tag, { details, loaded }: { details: unknown; loaded: boolean }): EngineModel {
  const bare = bareModel(name)
  const { uses, contextLength } = (details ?? { uses: null, contextLength: null }) as Details
  return {
    ...bare,
    uses: uses ?? bare.uses,
    contextLength,
    size: size ?? null,
    parameters: tag?.parameter_size ?? null,
    quantization: tag?.quantization_level ?? null,
    loaded,
  }
}
