import type { ChatTask, ContentPart, Message, Part, TextPart, ToolCallPart, ToolResultPart } from './task.ts'

/** Text as a part, none when it is empty: an empty text says nothing, and some engines refuse it. */
export const textParts = (text: string | null | undefined): TextPart[] => (text ? [{ type: 'text', text }] : [])

/** All text of a message as one, each part on lines of its own; where a dialect has one text only. */
export const textOf = (parts: readonly Part[]): string => parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')

export const thinkingOf = (parts: readonly Part[]): string =>
  parts.flatMap((part) => (part.type === 'thinking' ? [part.text] : [])).join('\n')

export const toolCallsOf = (parts: readonly Part[]): ToolCallPart[] => parts.filter((part) => part.type === 'tool-call')

/** What a user said, in one message or several, so that results of tools stand apart from it. */
export function userMessages(parts: readonly (ContentPart | ToolResultPart)[]): Message[] {
  const messages: Message[] = []
  for (const part of parts) {
    const last = messages.at(-1)
    if (part.type === 'tool-result') {
      if (last?.role === 'tool') last.parts.push(part)
      else messages.push({ role: 'tool', parts: [part] })
    } else if (last?.role === 'user') last.parts.push(part)
    else messages.push({ role: 'user', parts: [part] })
  }
  return messages
}

/**
 * Results of tools in one message where they follow one another, each with the name of its tool, which some dialects want, by
 * the call that it answers.
 */
export function withToolResults(messages: readonly Message[]): Message[] {
  const names = new Map<string, string>()
  const joined: Message[] = []
  for (const message of messages) {
    for (const { id, name } of toolCallsOf(message.parts)) names.set(id, name)
    if (message.role !== 'tool') {
      joined.push(message)
      continue
    }
    const results = message.parts.map((part) => ({ ...part, name: part.name ?? names.get(part.id) ?? null }))
    const last = joined.at(-1)
    if (last?.role === 'tool') last.parts.push(...results)
    else joined.push({ role: 'tool', parts: results })
  }
  return joined
}

/** A chat about nothing special. */
export const plainChat = (model: string, stream: boolean): Omit<ChatTask, 'messages'> => ({
  kind: 'chat',
  model,
  stream,
  tools: [],
  toolChoice: 'auto',
  oneToolCall: false,
  format: null,
  sampling: {},
})
