import type { PowerMonitor } from 'electron'
import type { Node } from '../agent/node.ts'
import type { Logger } from '../agent/support/logger.ts'

/** Tells the node when the system goes to sleep, while there is still a moment to say goodbye, and when it is back. */
export function followPower(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  { node, log }: { node: Pick<Node, 'suspend' | 'resume'>; log: Logger },
): void {
  const noted = (what: string) => (error: unknown) => log.warn({ error }, what)
  powerMonitor.on('suspend', () => void node.suspend().catch(noted('The node could not prepare for sleep.')))
  powerMonitor.on('resume', () => void node.resume().catch(noted('The node could not recover from sleep.')))
}
