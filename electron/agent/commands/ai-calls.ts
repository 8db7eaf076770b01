import type { AiChange, AiView } from '../../contract/ai.ts'
import type { CallHandlers } from '../../contract/calls.ts'
import type { AiUsage, AuditLog, Engines, Models, Trials } from '../components.ts'

type AiCalls = Pick<
  CallHandlers,
  | 'ai.get'
  | 'ai.set'
  | 'ai.engine.add'
  | 'ai.engine.remove'
  | 'ai.file.add'
  | 'ai.file.remove'
  | 'ai.usage'
  | 'ai.trial.start'
  | 'ai.trial.read'
  | 'ai.trial.stop'
>

interface AiCallsComponents {
  engines: Engines
  models: Models
  aiUsage: AiUsage
  trials: Trials
  view: () => AiView
  audit: Pick<AuditLog, 'record'>
  self: () => { id: string; name: string }
}

/** Engines, names and terms of language models, and chats to try one. */
export function aiCalls({ engines, models, aiUsage, trials, view, audit, self }: AiCallsComponents): AiCalls {
  const record = (action: string, subject: string, details: Record<string, string[]> = {}) =>
    audit.record({ action, actor: self().name, actorId: self().id, subject, outcome: 'ok', details })

  return {
    'ai.get': async () => {
      await models.look()
      return view()
    },
    'ai.set': async ({ terms, ...change }: AiChange) => {
      if (terms !== undefined) engines.setTerms(terms)
      await models.set(change)
      record('ai.changed', 'ai', { changed: Object.keys({ ...change, ...(terms && { terms }) }) })
      return view()
    },
    'ai.engine.add': async (engine) => {
      const added = await engines.add(engine)
      record('ai.engine.added', added.name)
      return added
    },
    'ai.engine.remove': async ({ engine }) => {
      const removed = await engines.remove(engine)
      record('ai.engine.removed', removed.name)
      return removed
    },
    'ai.file.add': async (file) => {
      const added = await engines.addFile(file)
      record('ai.file.added', added.model)
      return added
    },
    'ai.file.remove': async ({ model }) => {
      const removed = await engines.removeFile(model)
      record('ai.file.removed', removed.model)
      return removed
    },
    'ai.usage': ({ days }) => aiUsage.list(days),
    'ai.trial.start': (ask) => trials.start(ask),
    'ai.trial.read': (ask) => trials.read(ask),
    'ai.trial.stop': ({ id }) => trials.stop(id),
  }
}
