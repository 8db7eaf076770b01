import type { ServerResponse } from 'node:http'
import { startBackend } from '../../../fakes/backend.ts'

/** Ollama as far as a node looks at it; chats are answered when the story says so. */
export interface HeldModels {
  readonly url: string
  /** Requests that wait for their answer. */
  readonly held: readonly ServerResponse[]
  /** Answers all that wait. */
  release(): void
  stop(): Promise<void>
}

/** The only line of each chat. */
const said = { model: 'llama', message: { role: 'assistant', content: 'done' }, done: true, done_reason: 'stop' }

export async function startHeldModels(): Promise<HeldModels> {
  const held: ServerResponse[] = []
  const { url, stop } = await startBackend((incoming, answer) => {
    incoming.resume()
    if (incoming.url === '/api/chat') held.push(answer)
    else if (incoming.url === '/api/version') answer.end('{"version":"0.12.6"}')
    else if (incoming.url === '/api/tags') answer.end(JSON.stringify({ models: [{ name: 'llama' }] }))
    else answer.writeHead(404).end()
  })
  return {
    url,
    held,
    release() {
      for (const answer of held.splice(0)) answer.end(`${JSON.stringify(said)}\n`)
    },
    stop,
  }
}
