import { anthropicCalls } from './anthropic-client.ts'
import type { ClientCalls } from './client-call.ts'
import { langchainCalls } from './langchain-client.ts'
import { ollamaCalls } from './ollama-client.ts'
import { openAiCalls } from './openai-client.ts'
import { vercelCalls } from './vercel-client.ts'

/** Programs’ libraries by the names of their packages. */
export const clients: Readonly<Record<string, ClientCalls>> = {
  openai: openAiCalls,
  ollama: ollamaCalls,
  '@anthropic-ai/sdk': anthropicCalls,
  ai: vercelCalls,
  langchain: langchainCalls,
}
