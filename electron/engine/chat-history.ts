/** A conversation as llama.cpp’s library has it: calls of tools stand in the answers, each with its result. Pure. */
import type { ChatHistoryItem, ChatModelFunctionCall, ChatModelFunctions, ChatModelResponse, GbnfJsonSchema } from 'node-llama-cpp'
import type { ChatTask, ContentPart, Message, ToolResultPart } from '../agent/dialects/task.ts'
import { FcnError } from '../agent/errors.ts'
import { parseJson } from '../agent/support/json.ts'

type Response = ChatModelResponse['response']

/** Throws `invalid_input` for pictures: the models that it runs are for texts. */
export function historyOf(messages: readonly Message[]): ChatHistoryItem[] {
  const history: ChatHistoryItem[] = []
  const calls = new Map<string, ChatModelFunctionCall>()
  for (const message of messages) {
    if (message.role === 'system') history.push({ type: 'system', text: textOf(message.parts) })
    if (message.role === 'user') history.push({ type: 'user', text: textOf(message.parts) })
    if (message.role === 'assistant') addAnswer(history, responseOf(message.parts, calls))
    if (message.role === 'tool') for (const part of message.parts) giveResult(part, calls)
  }
  return history
}

/** Answers that follow each other, with results of tools between them, are one. */
function addAnswer(history: ChatHistoryItem[], response: Response): void {
  const last = history.at(-1)
  if (last?.type === 'model') last.response.push(...response)
  else history.push({ type: 'model', response })
}

function responseOf(parts: Extract<Message, { role: 'assistant' }>['parts'], calls: Map<string, ChatModelFunctionCall>): Response {
  return parts.map((part): Response[number] => {
    if (part.type === 'text') return part.text
    if (part.type === 'thinking') return { type: 'segment', segmentType: 'thought', text: part.text, ended: true }
    const call: ChatModelFunctionCall = { type: 'functionCall', name: part.name, params: parseJson(part.arguments) ?? {}, result: null }
    calls.set(part.id, call)
    return call
  })
}

function giveResult({ id, content, isError }: ToolResultPart, calls: ReadonlyMap<string, ChatModelFunctionCall>): void {
  const call = calls.get(id)
  if (call === undefined)
    throw new FcnError('invalid_input', `A result is for the call “${id.slice(0, 64)}” of a tool, which is not in the conversation.`)
  const text = textOf(content)
  call.result = isError ? { error: text } : text
}

function textOf(parts: readonly ContentPart[]): string {
  return parts
    .map((part) => {
      if (part.type === 'text') return part.text
      throw new FcnError('invalid_input', 'The engine for model files cannot look at pictures.', {
        action: 'Ask a model of another engine.',
      })
    })
    .join('\n')
}

/** The tools that the model may call; null when there are none, or it is to call none. */
export function functionsOf({ tools, toolChoice }: Pick<ChatTask, 'tools' | 'toolChoice'>): ChatModelFunctions | null {
  const wanted = tools.filter(({ name }) => toolChoice !== 'none' && (typeof toolChoice === 'string' || toolChoice.name === name))
  if (wanted.length === 0) return null
  return Object.fromEntries(
    wanted.map(({ name, description, parameters }) => [
      name,
      { ...(description !== null && { description }), params: parameters as unknown as GbnfJsonSchema },
    ]),
  )
}
