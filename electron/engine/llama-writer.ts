/** Lets a model write an answer, and tells it as events. */
import { randomUUID } from 'node:crypto'
import type * as NodeLlamaCpp from 'node-llama-cpp'
import type { ChatWrapper, Llama, LlamaContextSequence, LlamaGrammar, Token } from 'node-llama-cpp'
import type { EndReason, ModelEvent, Usage } from '../agent/dialects/events.ts'
import type { AnswerFormat, ChatTask, CompletionTask, Sampling } from '../agent/dialects/task.ts'
import { FcnError } from '../agent/errors.ts'
import { functionsOf, historyOf } from './chat-history.ts'

type Library = typeof NodeLlamaCpp
type Tell = (event: ModelEvent) => void
type Write = (sequence: LlamaContextSequence, task: ChatTask | CompletionTask, tell: Tell, signal: AbortSignal) => Promise<void>

/** How an answer ended, as the library says it. */
interface Ending {
  stopReason: string
  customStopTrigger?: (string | Token)[]
}

interface LlamaWriterComponents {
  library: Library
  llama: Llama
  /** How a conversation is written for the model. */
  chatWrapper: ChatWrapper
}

export function createLlamaWriter({ library, llama, chatWrapper }: LlamaWriterComponents): Write {
  const writeChat = async (sequence: LlamaContextSequence, task: ChatTask, told: Told, signal: AbortSignal): Promise<Ending> => {
    const chat = new library.LlamaChat({ contextSequence: sequence, chatWrapper })
    try {
      const history = historyOf(task.messages)
      const functions = functionsOf(task)
      const shared = { ...samplingOf(task.sampling, sequence.contextSize), signal, onResponseChunk: told.onChunk }
      const { metadata } =
        functions === null
          ? await chat.generateResponse(history, { ...shared, ...(await grammarFor(llama, task.format)) })
          : await chat.generateResponse(history, {
              ...shared,
              ...{ functions, onFunctionCallParamsChunk: told.onCall },
              ...(task.oneToolCall && { maxParallelFunctionCalls: 1 }),
            })
      return metadata
    } finally {
      chat.dispose({ disposeSequence: false })
    }
  }

  const writeOn = async (sequence: LlamaContextSequence, task: CompletionTask, told: Told, signal: AbortSignal): Promise<Ending> => {
    const completion = new library.LlamaCompletion({ contextSequence: sequence })
    try {
      const options = { ...samplingOf(task.sampling, sequence.contextSize), signal, onTextChunk: told.onText }
      if (task.suffix === null) return (await completion.generateCompletionWithMeta(task.prompt, options)).metadata
      if (!completion.infillSupported)
        throw new FcnError('invalid_input', 'This model cannot fill a gap in a text.', { action: 'Leave out the suffix.' })
      return (await completion.generateInfillCompletionWithMeta(task.prompt, task.suffix, options)).metadata
    } finally {
      completion.dispose({ disposeSequence: false })
    }
  }

  return async (sequence, task, tell, signal) => {
    signal.throwIfAborted()
    const told = toldEvents(tell, randomUUID())
    const before = sequence.tokenMeter.getState()
    const ending = task.kind === 'chat' ? await writeChat(sequence, task, told, signal) : await writeOn(sequence, task, told, signal)
    signal.throwIfAborted()
    const { usedInputTokens: read, usedOutputTokens: written } = sequence.tokenMeter.diff(before)
    const usage = usageOf({ written, read, known: sequence.nextTokenIndex })
    tell({ type: 'end', reason: reasonOf(ending), stopText: stopTextOf(ending), usage, timing: null })
  }
}

interface Told {
  onChunk: (chunk: { type: 'segment' | undefined; text: string }) => void
  onText: (text: string) => void
  onCall: (chunk: { callIndex: number; functionName: string; paramsChunk: string }) => void
}

/** What the library says while it writes, as events. `answer`: a word that no other answer has. */
function toldEvents(tell: Tell, answer: string): Told {
  const begun = new Set<number>()
  return {
    onChunk({ type, text }) {
      if (text !== '') tell({ type: type === 'segment' ? 'thinking' : 'text', text })
    },
    onText: (text) => void (text !== '' && tell({ type: 'text', text })),
    onCall({ callIndex: index, functionName: name, paramsChunk: text }) {
      if (!begun.has(index)) tell({ type: 'tool-call', index, id: `call_${answer}_${index}`, name })
      begun.add(index)
      if (text !== '') tell({ type: 'tool-arguments', index, text })
    },
  }
}

/** `known`: tokens in the context at the end, of which the last was not read again. */
function usageOf({ written, read, known }: { written: number; read: number; known: number }): Usage {
  const input = Math.max(read, known - written)
  return { input, output: written, cached: Math.max(0, input - read) }
}

/** Without a limit of its own an answer ends with the context: a model that never comes to its end would write for ever. */
function samplingOf({ maxTokens, temperature, topP, topK, seed, stop, presencePenalty, frequencyPenalty }: Sampling, contextSize: number) {
  const penalised = presencePenalty !== undefined || frequencyPenalty !== undefined
  return {
    ...{ temperature: temperature ?? 0.8, maxTokens: maxTokens ?? contextSize },
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && { customStopTriggers: stop }),
    ...(penalised && { repeatPenalty: { penalty: 1, presencePenalty: presencePenalty ?? 0, frequencyPenalty: frequencyPenalty ?? 0 } }),
  }
}

async function grammarFor(llama: Llama, format: AnswerFormat | null): Promise<{ grammar?: LlamaGrammar }> {
  if (format === null) return {}
  if (format.type === 'json') return { grammar: await llama.getGrammarFor('json') }
  try {
    return { grammar: await llama.createGrammarForJsonSchema(format.schema as { type: 'object' }) }
  } catch (cause) {
    throw new FcnError('invalid_input', 'The engine for model files cannot keep to this JSON schema.', { cause })
  }
}

function reasonOf({ stopReason }: Ending): EndReason {
  if (stopReason === 'maxTokens') return 'length'
  if (stopReason === 'functionCalls') return 'tools'
  return ['eogToken', 'stopGenerationTrigger', 'customStopTrigger'].includes(stopReason) ? 'stop' : 'other'
}

const stopTextOf = ({ customStopTrigger }: Ending): string | null =>
  customStopTrigger?.filter((part) => typeof part === 'string').join('') || null
