import type { ModelEvent } from './events.ts'

interface GatheredCall {
  id: string
  name: string
  /** JSON text. */
  arguments: string
}

/** An answer as far as it is there, for dialects and programs that want it whole. */
export interface Gathered {
  readonly text: string
  readonly thinking: string
  readonly signature: string
  readonly calls: readonly GatheredCall[]
  readonly vectors: readonly number[][]
  push(event: ModelEvent): void
}

/** The reader of the engine’s answer bounds how much comes. */
export function gather(): Gathered {
  let text = ''
  let thinking = ''
  let signature = ''
  let vectors: number[][] = []
  const calls = new Map<number, GatheredCall>()
  return {
    get text() {
      return text
    },
    get thinking() {
      return thinking
    },
    get signature() {
      return signature
    },
    get calls() {
      return [...calls.values()]
    },
    get vectors() {
      return vectors
    },
    push(event) {
      switch (event.type) {
        case 'text':
          text += event.text
          return
        case 'thinking':
          thinking += event.text
          return
        case 'signature':
          signature += event.text
          return
        case 'tool-call':
          calls.set(event.index, { id: event.id, name: event.name, arguments: '' })
          return
        case 'tool-arguments': {
          const call = calls.get(event.index)
          if (call !== undefined) call.arguments += event.text
          return
        }
        case 'vectors':
          vectors = event.vectors
          return
        case 'end':
        case 'error':
      }
    },
  }
}
