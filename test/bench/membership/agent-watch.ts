/** One agent as its window sees it: the snapshot, kept up to date by the stream of changes. */
import { createEmitter, type Signal } from '../../../electron/agent/support/signal.ts'
import { readControlToken } from '../../../electron/agent/store/control-token.ts'
import { applyChange, type Change, change } from '../../../electron/contract/patch.ts'
import { type Snapshot, snapshot } from '../../../electron/contract/snapshot.ts'
import { createEventParser } from '../../../renderer/bridge/event-stream.ts'
import type { NodeProcess } from '../../e2e/node-process.ts'

export interface AgentWatch {
  readonly node: NodeProcess
  readonly changed: Signal<Snapshot>
  snapshot(): Snapshot
  close(): void
}

/** Resolves once changes arrive. They stop silently when the agent dies. */
export async function watchAgent(node: NodeProcess): Promise<AgentWatch> {
  const abort = new AbortController()
  const changed = createEmitter<Snapshot>()
  const waiting: Change[] = []
  let current: Snapshot | null = null

  function take(step: Change): void {
    if (!current) {
      waiting.push(step)
      return
    }
    const next = applyChange(current, step)
    if (!next) throw new Error(`${node.name} left out a change.`)
    if (next === current) return
    current = next
    changed.emit(next)
  }

  const response = await fetch(`${node.url}/local/v1/events`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${readControlToken(node.data) ?? ''}` },
    signal: abort.signal,
  })
  if (!response.ok || !response.body) throw new Error(`The event stream of ${node.name} answered ${response.status}.`)
  const pieces = response.body.pipeThrough(new TextDecoderStream())

  async function read(): Promise<void> {
    const parse = createEventParser()
    for await (const piece of pieces)
      for (const { event, data } of parse(piece)) if (event === 'change') take(change.parse(JSON.parse(data)))
  }
  const ended = read().catch((error: unknown) => {
    // a killed agent breaks its stream off
    if (!abort.signal.aborted && !(error instanceof TypeError)) throw error
  })

  current = snapshot.parse((await node.call('snapshot.get')).body.value)
  for (const step of waiting.splice(0)) take(step)

  return {
    node,
    changed,
    snapshot: () => current as Snapshot,
    close() {
      abort.abort()
      void ended
    },
  }
}
