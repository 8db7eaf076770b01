import { count, messages } from './anthropic/messages.ts'
import type { OperationForm, WorkOperation } from './dialect.ts'
import { chat as ollamaChat, generate } from './ollama/chat.ts'
import { embed as ollamaEmbed, embeddings } from './ollama/embed.ts'
import { chat } from './openai/chat.ts'
import { completion } from './openai/completion.ts'
import { embed } from './openai/embed.ts'
import { responses } from './openai/responses.ts'
import type { Task } from './task.ts'

/** Every call for which a model works. */
export const forms: Record<WorkOperation, OperationForm> = {
  'openai.chat': chat,
  'openai.completion': completion,
  'openai.embed': embed,
  'openai.responses': responses,
  'ollama.chat': ollamaChat,
  'ollama.generate': generate,
  'ollama.embed': ollamaEmbed,
  'ollama.embeddings': embeddings,
  'anthropic.messages': messages,
  'anthropic.count': count,
}

/**
 * How an engine is asked for what a program said in another dialect, the best first. Ollama’s own dialect says more than its
 * OpenAI one: the prompt as it is, whether to think, how long loading took.
 */
export const waysToAsk: Record<Task['kind'], readonly WorkOperation[]> = {
  chat: ['ollama.chat', 'openai.chat', 'anthropic.messages'],
  completion: ['ollama.generate', 'openai.completion'],
  embed: ['ollama.embed', 'openai.embed'],
  load: ['ollama.generate'],
}
