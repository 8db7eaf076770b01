import { setImmediate as turn } from 'node:timers/promises'

/** Lets the event loop go round so many times: a moment between two events that no event names, whatever the machine's pace. */
export async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left--) await turn()
}
