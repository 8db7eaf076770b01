import type { ChatTask } from '../../electron/agent/dialects/task.ts'
import { openLibrary } from '../../electron/engine/llama-library.ts'
import { whyNoLlama, llamaPackage } from './llama.ts'
import type { End, Speaker } from '../fakes/ai/speaker.ts'

/** Writes answers with real llama.cpp and the model in that file. One thread: more fight for the cores of a small machine. */
export async function llamaSpeaker(path: string): Promise<Speaker> {
  const why = await whyNoLlama()
  if (why !== null) throw new Error(why)
  const load = await openLibrary({ package: llamaPackage, threads: 1, memory: 2 ** 30 })
  const model = await load(path)
  return {
    async speak({ model: name, prompt, maxTokens }, say, signal) {
      let end: End = { reason: 'stop', read: 0, written: 0 }
      await model.run(
        taskOf(name, prompt, maxTokens),
        (event) => {
          if (event.type === 'text') say({ text: event.text })
          if (event.type !== 'end') return
          end = { reason: event.reason === 'length' ? 'length' : 'stop', read: event.usage.input ?? 0, written: event.usage.output ?? 0 }
        },
        signal,
      )
      return end
    },
    embed: async (texts) => (await model.embed(texts, new AbortController().signal)).vectors,
  }
}

/** Greedy, so that the same question has the same answer; bounded by what fits. */
const taskOf = (model: string, prompt: string, maxTokens: number): ChatTask => ({
  ...{ kind: 'chat', model, stream: true, messages: [{ role: 'user', parts: [{ type: 'text', text: prompt }] }] },
  ...{ tools: [], toolChoice: 'none', oneToolCall: false, format: null },
  sampling: { maxTokens: Math.min(maxTokens, 200), temperature: 0 },
})
