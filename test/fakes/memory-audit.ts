import type { AuditLog } from '../../electron/agent/components.ts'

type Recorded = Parameters<AuditLog['record']>[0]

/** Keeps what was recorded, in order. */
export function createMemoryAudit(): AuditLog & { readonly recorded: Recorded[]; actions(): string[] } {
  const recorded: Recorded[] = []
  return {
    recorded,
    actions: () => recorded.map(({ action }) => action),
    record: (entry) => void recorded.push(entry),
    list: () => [],
    verify: async () => ({ ok: true, entries: recorded.length, head: null, brokenAt: null }),
  }
}
