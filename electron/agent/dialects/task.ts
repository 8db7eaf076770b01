/**
 * What a program asks of a model, whatever dialect it speaks: the canonical form between the three dialects. It holds what at
 * least two of them can say; what only one knows is passed on untouched when engine and program speak the same, and is
 * otherwise left out or refused (README.md says which).
 */

export interface TextPart {
  type: 'text'
  text: string
}

/** A picture inside the request. */
export interface ImagePart {
  type: 'image'
  /** `image/png` … */
  mediaType: string
  /** Base64, without the `data:` before it. */
  data: string
}

/** A picture that the engine is to fetch itself. This node never fetches it: the address is the program's word. */
export interface ImageLinkPart {
  type: 'image-link'
  url: string
}

/** What the model thought before an earlier answer. */
export interface ThinkingPart {
  type: 'thinking'
  text: string
  /** Proof of the engine that these are its thoughts; empty when it gives none. */
  signature: string
}

export interface ToolCallPart {
  type: 'tool-call'
  /** One of its own within the conversation. */
  id: string
  name: string
  /** The arguments as JSON text, as the model wrote it: not checked. Empty: none. */
  arguments: string
}

export interface ToolResultPart {
  type: 'tool-result'
  /** Of the call it answers. */
  id: string
  /** Of the tool; null when no call before it has this id. */
  name: string | null
  content: (TextPart | ImagePart | ImageLinkPart)[]
  isError: boolean
}

export type ContentPart = TextPart | ImagePart | ImageLinkPart
export type Part = ContentPart | ThinkingPart | ToolCallPart | ToolResultPart

/** `system` and `user` have content, `assistant` text, thinking and tool calls, `tool` only tool results. */
export type Message =
  | { role: 'system'; parts: TextPart[] }
  | { role: 'user'; parts: ContentPart[] }
  | { role: 'assistant'; parts: (TextPart | ThinkingPart | ToolCallPart)[] }
  | { role: 'tool'; parts: ToolResultPart[] }

/** A JSON document that is an object. */
export type JsonObject = Record<string, unknown>

export interface Tool {
  name: string
  description: string | null
  /** JSON schema of the arguments. */
  parameters: JsonObject
}

/** `required`: some tool, whichever. */
export type ToolChoice = 'auto' | 'none' | 'required' | { name: string }

/** What form the answer must have; null in a task: none. */
export type AnswerFormat = { type: 'json' } | { type: 'schema'; name: string; schema: JsonObject }

/** How the next token is chosen. Absent: as the engine does by itself. */
export interface Sampling {
  /** Most tokens of the answer. */
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  seed?: number
  /** The answer ends before one of these. */
  stop?: string[]
  presencePenalty?: number
  frequencyPenalty?: number
}

/** Whether the model is to think before it answers. Absent in a task: as the engine does by itself. */
export type Effort = 'none' | 'low' | 'medium' | 'high' | 'on'

interface TaskBase {
  /** As the program wrote it, or as the engine calls it, depending on which side it is. */
  model: string
  stream: boolean
}

export interface ChatTask extends TaskBase {
  kind: 'chat'
  messages: Message[]
  tools: Tool[]
  toolChoice: ToolChoice
  /** At most one tool call in an answer. */
  oneToolCall: boolean
  format: AnswerFormat | null
  effort?: Effort
  sampling: Sampling
}

/** Text that the model carries on, without the form of a conversation. */
export interface CompletionTask extends TaskBase {
  kind: 'completion'
  prompt: string
  /** Text behind the gap that the model fills; null: it carries on at the end. */
  suffix: string | null
  sampling: Sampling
}

export interface EmbedTask extends TaskBase {
  kind: 'embed'
  stream: false
  input: string[]
  /** How many numbers a vector is to have; null: as many as the model gives. */
  dimensions: number | null
}

/** Nothing is asked but that the model be in memory (or no longer): the way of Ollama’s clients. */
export interface LoadTask extends TaskBase {
  kind: 'load'
  /** As Ollama’s clients write it: seconds, or "5m"; 0: out of memory. Null: not said. */
  keepAlive: number | string | null
}

export type Task = ChatTask | CompletionTask | EmbedTask | LoadTask
