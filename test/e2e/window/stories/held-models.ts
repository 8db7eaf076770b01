import type { ServerResponse } from 'node:http'
import { startBackend } from '../../../fakes/backend.ts'

/** A server of language models as far as a node looks at it; what is asked below `/held` is answered when the story says so. */
export interface HeldModels {
  readonly url: string
  /** Requests that wait for their answer. */
  readonly held: readonly ServerResponse[]
  /** Answers all that wait. */
  release(): void
  stop(): Promise<void>
}

export async function startHeldModels(): Promise<HeldModels> {
  const held: ServerResponse[] = []
  const { url, stop } = await startBackend((incoming, answer) => {
    incoming.resume()
    if (incoming.url?.startsWith('/held')) held.push(answer)
    else answer.end(JSON.stringify({ models: [{ name: 'llama' }] }))
  })
  return {
    url,
    held,
    release() {
      for (const answer of held.splice(0)) answer.end('done')
    },
    stop,
  }
}
