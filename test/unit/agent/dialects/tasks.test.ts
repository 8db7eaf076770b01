import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkOperation } from '../../../../electron/agent/dialects/dialect.ts'
import { forms } from '../../../../electron/agent/dialects/forms.ts'
import type { ChatTask, Message, Part, Task } from '../../../../electron/agent/dialects/task.ts'
import { chatTasks } from '../../../support/arbitrary-tasks.ts'

/** What a dialect has words for (README.md): the rest of a task is taken away before it is compared. */
interface Words {
  signatures: boolean
  /** Thoughts without a signature. */
  thoughts: boolean
  failedResults: boolean
  choices: boolean
  oneToolCall: boolean
  efforts: boolean
  penaltiesAndSeed: boolean
}

const words: Record<'openai.chat' | 'ollama.chat' | 'anthropic.messages', Words> = {
  'openai.chat': {
    ...{ signatures: false, thoughts: true, failedResults: false, choices: true, oneToolCall: true, efforts: true, penaltiesAndSeed: true },
  },
  'ollama.chat': {
    ...{
      signatures: false,
      thoughts: true,
      failedResults: false,
      choices: false,
      oneToolCall: false,
      efforts: true,
      penaltiesAndSeed: true,
    },
  },
  'anthropic.messages': {
    ...{
      signatures: true,
      thoughts: false,
      failedResults: true,
      choices: true,
      oneToolCall: true,
      efforts: false,
      penaltiesAndSeed: false,
    },
  },
}
const operations = Object.keys(words) as (keyof typeof words)[]

function partIn(part: Part, known: Words): Part[] {
  if (part.type === 'thinking') {
    const signature = known.signatures ? part.signature : ''
    return signature === '' && !known.thoughts ? [] : [{ ...part, signature }]
  }
  return [part.type === 'tool-result' ? { ...part, isError: known.failedResults && part.isError } : part]
}

function sayable(task: ChatTask, known: Words): ChatTask {
  const { effort, ...rest } = task
  const { seed, presencePenalty, frequencyPenalty, ...sampling } = task.sampling
  const more = known.penaltiesAndSeed ? { seed, presencePenalty, frequencyPenalty } : {}
  return {
    ...rest,
    messages: task.messages.map((message) => ({ ...message, parts: message.parts.flatMap((part) => partIn(part, known)) }) as Message),
    toolChoice: known.choices ? task.toolChoice : 'auto',
    oneToolCall: known.oneToolCall && task.oneToolCall,
    ...(known.efforts && { effort }),
    sampling: { ...sampling, ...more },
  }
}

const through = (task: Task, operation: WorkOperation): Task =>
  forms[operation].readTask(JSON.parse(forms[operation].writeTask(task) ?? 'null'))

/** The number that Anthropic’s dialect must have is left out of comparisons where the program gave none. */
const comparable = (task: ChatTask, wanted: ChatTask): ChatTask => {
  const { maxTokens, ...sampling } = task.sampling
  return { ...task, sampling: wanted.sampling.maxTokens === undefined ? sampling : { ...sampling, maxTokens } }
}

describe('a chat', () => {
  it.each(operations)('is read in %s as it was written', (operation) => {
    fc.assert(
      fc.property(chatTasks, (task) => {
        const wanted = sayable(task, words[operation])
        const { effort: _, ...read } = through(wanted, operation) as ChatTask
        const { effort: __, ...said } = wanted
        expect(comparable(read, wanted)).toEqual(said)
      }),
    )
  })

  it.each(operations.flatMap((first) => operations.map((second) => [first, second] as const)))(
    'that goes from %s over %s keeps what both can say',
    (first, second) => {
      fc.assert(
        fc.property(chatTasks, (task) => {
          const both = sayable(sayable(task, words[first]), words[second])
          const there = through(sayable(task, words[first]), first) as ChatTask
          const { effort: _, ...read } = through(sayable(there, words[second]), second) as ChatTask
          const { effort: __, ...said } = both
          expect(comparable(read, both)).toEqual(said)
        }),
        { numRuns: 50 },
      )
    },
  )

  it.each(['openai.chat', 'ollama.chat'] as const)('keeps in %s how much the model is to think', (operation) => {
    fc.assert(
      fc.property(chatTasks, (task) => {
        const read = through(sayable(task, words[operation]), operation) as ChatTask
        expect(read.effort).toBe(task.effort)
      }),
      { numRuns: 50 },
    )
  })

  it('is refused with a reason, never half read, whatever a program sends', () => {
    const strange = fc.oneof(
      fc.json({ maxDepth: 5 }).map((json): unknown => JSON.parse(json)),
      fc.record({ model: fc.string(), messages: fc.json({ maxDepth: 5 }).map((json): unknown => JSON.parse(json)), stream: fc.boolean() }),
    )
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(forms) as WorkOperation[])), strange, (operation, body) => {
        try {
          forms[operation].readTask(body)
        } catch (thrown) {
          expect(thrown).toMatchObject({ name: 'FcnError', code: 'invalid_input' })
        }
      }),
    )
  })
})
