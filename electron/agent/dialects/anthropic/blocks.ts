import { z } from 'zod'
import { jsonObject, name, untranslatable } from '../form.ts'
import { maxMessages } from '../limits.ts'
import { textParts } from '../parts.ts'
import type { ContentPart, TextPart, ThinkingPart, ToolCallPart, ToolResultPart } from '../task.ts'

const kind = z.object({ type: z.string() })
const longId = z.string().max(512)

const textBlock = z.object({ type: z.literal('text'), text: z.string() })
const source = z.union([
  z.object({ type: z.literal('base64'), media_type: z.string().max(128), data: z.string() }),
  z.object({ type: z.literal('url'), url: z.string() }),
  z.object({ type: z.literal('text'), data: z.string() }),
  kind,
])
const sourced = z.object({ type: z.enum(['image', 'document']), source })

const innerBlocks = z.union([z.string(), z.array(z.union([textBlock, sourced, kind])).max(maxMessages)])

const block = z.union([
  textBlock,
  sourced,
  z.object({ type: z.literal('thinking'), thinking: z.string(), signature: z.string().nullish() }),
  z.object({ type: z.literal('redacted_thinking') }),
  z.object({ type: z.literal('tool_use'), id: longId, name, input: jsonObject }),
  z.object({ type: z.literal('tool_result'), tool_use_id: longId, content: innerBlocks.nullish(), is_error: z.boolean().nullish() }),
  kind,
])

/** What a message says: a text, or blocks. */
export const blocks = z.union([
  z.string().transform((text): z.infer<typeof block>[] => [{ type: 'text', text }]),
  z.array(block).max(maxMessages),
])
type Blocks = z.infer<typeof blocks>
type Block = Blocks[number]

const isThinking = (given: Block) => 'thinking' in given || given.type === 'redacted_thinking'

/** Text or picture. A document is read when it is text; engines know no others. */
function contentOf(given: Block): ContentPart[] {
  if ('text' in given) return textParts(given.text)
  if (!('source' in given)) throw untranslatable(`A block of the kind “${given.type.slice(0, 40)}”`)
  const from = given.source
  if (given.type === 'document') {
    if (from.type === 'text' && 'data' in from) return textParts(from.data)
    throw untranslatable('A document that is not text')
  }
  if ('media_type' in from) return [{ type: 'image', mediaType: from.media_type, data: from.data }]
  if ('url' in from) return [{ type: 'image-link', url: from.url }]
  throw untranslatable(`A picture from “${from.type.slice(0, 40)}”`)
}

export function systemText(given: Blocks): TextPart[] {
  return given.flatMap((one) => {
    if ('text' in one) return textParts(one.text)
    throw untranslatable(`A system prompt with “${one.type.slice(0, 40)}”`)
  })
}

export function userParts(given: Blocks): (ContentPart | ToolResultPart)[] {
  return given.flatMap((one): (ContentPart | ToolResultPart)[] => {
    if (!('tool_use_id' in one)) return contentOf(one)
    const inner: Blocks = typeof one.content === 'string' ? [{ type: 'text', text: one.content }] : (one.content ?? [])
    const content = inner.flatMap(contentOf)
    return [{ type: 'tool-result', id: one.tool_use_id, name: null, content, isError: one.is_error ?? false }]
  })
}

/** Thoughts that only their engine can read are left out. */
export function assistantParts(given: Blocks): (TextPart | ThinkingPart | ToolCallPart)[] {
  return given.flatMap((one): (TextPart | ThinkingPart | ToolCallPart)[] => {
    if ('text' in one) return textParts(one.text)
    if ('thinking' in one) return one.thinking === '' ? [] : [{ type: 'thinking', text: one.thinking, signature: one.signature ?? '' }]
    if ('input' in one) return [{ type: 'tool-call', id: one.id, name: one.name, arguments: JSON.stringify(one.input) }]
    if (isThinking(one)) return []
    throw untranslatable(`A block of the kind “${one.type.slice(0, 40)}”`)
  })
}
