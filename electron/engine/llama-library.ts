/** llama.cpp through node-llama-cpp, which is loaded from where a person installed it: the one place that knows its calls. */
import { stat } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type * as NodeLlamaCpp from 'node-llama-cpp'
import type { Llama, LlamaContext, LlamaContextSequence, LlamaEmbeddingContext, LlamaModel } from 'node-llama-cpp'
import { maxContext } from '../agent/capabilities/ai/embedded/model-files.ts'
import { createLlamaWriter } from './llama-writer.ts'
import type { LoadedModel, LoadModel } from './loaded-model.ts'

type Library = typeof NodeLlamaCpp

interface LibraryOptions {
  /** Main file of the package. */
  package: string
  threads: number
  /** Bytes. */
  memory: number
}

/** Answers that one model writes at the same time: each needs a context of its own. */
const slots = 2
/** Smallest context that is worth a conversation, tokens. */
const minContext = 256

/** Never builds or downloads anything. Rejects when the library has no binary for this computer. */
export async function openLibrary({ package: file, threads, memory }: LibraryOptions): Promise<LoadModel> {
  const library = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Library
  const llama = await library.getLlama({
    ...{ build: 'never', skipDownload: true, progressLogs: false, maxThreads: threads },
    logLevel: library.LlamaLogLevel.error,
  })
  return async (path) => {
    const { size } = await stat(path)
    if (size > memory) throw new Error('it needs more memory than it may take')
    const model = await llama.loadModel({ modelPath: path, useMmap: true })
    try {
      const contextSize = { min: minContext, max: Math.min(maxContext, Math.max(minContext, model.trainContextSize)) }
      const context = await model.createContext({ sequences: slots, contextSize, threads })
      return loadedModel({ library, llama, model, context, threads })
    } catch (error) {
      await model.dispose()
      throw error
    }
  }
}

interface Parts {
  library: Library
  llama: Llama
  model: LlamaModel
  context: LlamaContext
  threads: number
}

function loadedModel({ library, llama, model, context, threads }: Parts): LoadedModel {
  const free: LlamaContextSequence[] = Array.from({ length: slots }, () => context.getSequence())
  // found out by trying forms of conversations, which takes a second: once for the model, not for each answer
  const write = createLlamaWriter({ library, llama, chatWrapper: library.resolveChatWrapper(model) })
  let embedding: Promise<LlamaEmbeddingContext> | null = null

  return {
    slots,
    async run(task, tell, signal) {
      // the one used last still knows the beginning of the conversation, if it is the same
      const sequence = free.pop()
      if (sequence === undefined) throw new Error('More requests run than there are contexts.')
      try {
        await write(sequence, task, tell, signal)
      } finally {
        free.push(sequence)
      }
    },
    async embed(input, signal) {
      embedding ??= model.createEmbeddingContext({ threads, contextSize: { max: Math.min(maxContext, model.trainContextSize) } })
      const context = await embedding
      const vectors: number[][] = []
      let tokens = 0
      for (const text of input) {
        signal.throwIfAborted()
        tokens += context.calculateInputLength(text)
        vectors.push([...(await context.getEmbeddingFor(text)).vector])
      }
      return { vectors, tokens }
    },
    async dispose() {
      await (await embedding?.catch(() => null))?.dispose()
      await context.dispose()
      await model.dispose()
    },
  }
}
