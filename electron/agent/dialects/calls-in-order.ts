import type { ModelEvent } from './events.ts'
import { argumentsObject } from './form.ts'

/**
 * Tool calls one after the other, each with arguments (`{}` where the engine wrote none). Engines may write several side by
 * side, but most dialects cannot say that: what comes meanwhile waits until the call before it is whole, at the latest for the
 * end of the answer. Nothing waits where calls come in order.
 */
export function createCallOrder(): (event: ModelEvent) => ModelEvent[] {
  /** The call that is being written. */
  let open: { index: number; text: string } | null = null
  let waiting: ModelEvent[] = []

  const isWhole = () => open !== null && open.text.trimEnd().endsWith('}') && argumentsObject(open.text) !== null

  /** The open call ends; gives the arguments that it never got. */
  function close(): ModelEvent[] {
    const missing: ModelEvent[] = open === null || open.text !== '' ? [] : [{ type: 'tool-arguments', index: open.index, text: '{}' }]
    open = null
    return missing
  }

  /** What waited, as if it came now. */
  function release(): ModelEvent[] {
    const held = waiting
    waiting = []
    return [...close(), ...held.flatMap(take)]
  }

  function take(event: ModelEvent): ModelEvent[] {
    switch (event.type) {
      case 'end': {
        const events: ModelEvent[] = []
        while (waiting.length > 0) events.push(...release()) // each time at least one event fewer
        return [...events, ...close(), event]
      }
      case 'error':
        return [event]
      case 'tool-arguments':
        if (event.index === open?.index) {
          open.text += event.text
          return waiting.length > 0 && isWhole() ? [event, ...release()] : [event]
        }
        if (waiting.length > 0) waiting.push(event)
        return [] // nothing waits: more of a call that was whole, which cannot be right
      case 'tool-call': {
        if (open !== null && !isWhole()) {
          waiting.push(event)
          return []
        }
        const closing = close()
        open = { index: event.index, text: '' }
        return [...closing, event]
      }
      default:
        if (open === null || isWhole()) return [event]
        waiting.push(event)
        return []
    }
  }
  return take
}
