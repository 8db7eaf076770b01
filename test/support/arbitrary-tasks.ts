import fc from 'fast-check'
import type { ChatTask, ContentPart, Message, Sampling, Tool, ToolChoice } from '../../electron/agent/dialects/task.ts'

const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,15}$/u)

/** Beginnings of real files, so that the kind can be told by them. */
const image = fc.constantFrom(
  { type: 'image' as const, mediaType: 'image/png', data: 'iVBORw0KGgoAAAA=' },
  { type: 'image' as const, mediaType: 'image/jpeg', data: '/9j/4AAQSkZJRg==' },
  { type: 'image' as const, mediaType: 'image/webp', data: 'UklGRiQAAABXRUJQ' },
)

/** One text and the pictures behind it: the form that all dialects have. */
const content = fc
  .tuple(text, fc.array(image, { maxLength: 2 }))
  .map(([said, images]): ContentPart[] => [{ type: 'text', text: said }, ...images])

const said = text.map((one) => [{ type: 'text' as const, text: one }])
const json = fc.dictionary(word, fc.oneof(fc.integer(), fc.boolean(), text, fc.constant(null)), { maxKeys: 3 })

const tool = fc.record({
  name: word,
  description: fc.option(text),
  parameters: fc.dictionary(word, fc.constant({ type: 'string' })).map((properties) => ({ type: 'object', properties })),
})

/** A turn of the conversation: what the user says, and what the model answers to it, with tools or without. */
interface Turn {
  user: ContentPart[]
  thinking: string | null
  answer: { type: 'text'; text: string }[]
  calls: { name: string; arguments: Record<string, unknown>; result: ContentPart[]; isError: boolean }[]
}
const turn: fc.Arbitrary<Turn> = fc.record({
  user: content,
  thinking: fc.option(text),
  answer: said,
  calls: fc.array(fc.record({ name: word, arguments: json, result: content, isError: fc.boolean() }), { maxLength: 3 }),
})

function messagesOf(turns: readonly Turn[]): Message[] {
  let ids = 0
  return turns.flatMap(({ user, thinking, answer, calls }): Message[] => {
    const called = calls.map((call) => ({ ...call, id: `call_${ids++}` }))
    const thoughts = thinking === null ? [] : [{ type: 'thinking' as const, text: thinking, signature: 'c2ln' }]
    const toolCalls = called.map(({ id, name, arguments: given }) => ({
      ...{ type: 'tool-call' as const, id, name, arguments: JSON.stringify(given) },
    }))
    const results = called.map(({ id, name, result, isError }) => ({ type: 'tool-result' as const, id, name, content: result, isError }))
    return [
      { role: 'user', parts: user },
      { role: 'assistant', parts: [...thoughts, ...answer, ...toolCalls] },
      ...(results.length > 0 ? [{ role: 'tool' as const, parts: results }] : []),
    ]
  })
}

const sampling: fc.Arbitrary<Sampling> = fc.record(
  {
    maxTokens: fc.integer({ min: 1, max: 100_000 }),
    temperature: fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0), // no -0, which JSON does not know
    topP: fc.double({ min: 0.1, max: 1, noNaN: true }),
    topK: fc.integer({ min: 1, max: 200 }),
    seed: fc.integer(),
    stop: fc.array(text, { minLength: 1, maxLength: 3 }),
    presencePenalty: fc.integer({ min: 0, max: 2 }),
    frequencyPenalty: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: [] },
)

const toolsAndChoice = fc.uniqueArray(tool, { maxLength: 3, selector: ({ name }) => name }).chain((tools) => {
  const choices: ToolChoice[] = tools.length === 0 ? ['auto'] : ['auto', 'none', 'required', ...tools.map(({ name }) => ({ name }))]
  return fc.record({ tools: fc.constant<Tool[]>(tools), toolChoice: fc.constantFrom(...choices), oneToolCall: fc.boolean() })
})

/** Chats of all kinds, in the form in which every dialect can write them. */
export const chatTasks: fc.Arbitrary<ChatTask> = fc
  .record({
    system: fc.option(said),
    turns: fc.array(turn, { maxLength: 4 }),
    last: content,
    choice: toolsAndChoice,
    schema: fc.option(json),
    effort: fc.constantFrom('none' as const, 'low' as const, 'medium' as const, 'high' as const, undefined),
    sampling,
    stream: fc.boolean(),
  })
  .map(({ system, turns, last, choice, schema, effort, sampling: chosen, stream }) => ({
    kind: 'chat' as const,
    model: 'some-model:7b',
    stream,
    messages: [
      ...(system === null ? [] : [{ role: 'system' as const, parts: system }]),
      ...messagesOf(turns),
      { role: 'user' as const, parts: last },
    ],
    ...choice,
    oneToolCall: choice.oneToolCall && choice.tools.length > 0 && choice.toolChoice !== 'none',
    format: schema === null ? null : { type: 'schema' as const, name: 'answer', schema },
    ...(effort !== undefined && { effort }),
    sampling: chosen,
  }))
