import { useTranslation } from 'react-i18next'
import type { EngineKind } from '../../electron/contract/ai.ts'

/** What their makers call them, in every language. */
const names: Record<Exclude<EngineKind, 'openai' | 'embedded'>, string> = {
  ollama: 'Ollama',
  lmstudio: 'LM Studio',
  llamacpp: 'llama.cpp',
  vllm: 'vLLM',
  jan: 'Jan',
  localai: 'LocalAI',
}

/** The name of a kind of engine. */
export function useEngineName(): (kind: EngineKind) => string {
  const { t } = useTranslation()
  return (kind) => (kind === 'openai' || kind === 'embedded' ? t(`engineKind.${kind}`) : names[kind])
}
