import type { CapabilityName } from '../contract/capability.ts'
import type { CapabilityView } from '../contract/snapshot.ts'
import type { Capabilities, Health, Startable } from './components.ts'

/** Names inside a title; the page and the tray translate the rest by code. */
const titles: Record<CapabilityName, string> = {
  storage: 'Storage does not work',
  compute: 'Compute does not work',
  ai: 'AI does not work',
  gateway: 'Gateway does not work',
  archive: 'Archive does not work',
}

/**
 * Raises a health warning for each capability that is offered and does not answer, and clears it when it does, is off, or a
 * person has paused sharing. A condition that pauses it changes nothing: it may hold just when somebody is there to help.
 */
export function createCapabilityWarnings({ capabilities, health }: { capabilities: Capabilities; health: Health }): Startable {
  let unsubscribe: (() => void) | null = null

  const review = () => {
    for (const capability of capabilities.list()) {
      if (needsHelp(capability)) health.raise(warningOf(capability))
      // a check that runs again decides nothing yet
      else if (capability.state !== 'starting') health.clear(codeOf(capability))
    }
  }

  return {
    async start() {
      unsubscribe ??= capabilities.changed.subscribe(review)
      review()
    },
    async stop() {
      unsubscribe?.()
      unsubscribe = null
    },
  }
}

const needsHelp = ({ enabled, problem, paused }: CapabilityView) => enabled && problem !== null && paused?.why !== 'person'

const codeOf = ({ name }: CapabilityView) => `capability_${name}`

const warningOf = (capability: CapabilityView) => ({
  code: codeOf(capability),
  severity: 'warning' as const,
  title: titles[capability.name],
  text: capability.problem?.message ?? 'The program behind it does not answer as it should.',
  action: capability.problem?.action ?? null,
})
