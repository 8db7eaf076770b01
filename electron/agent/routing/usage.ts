import type { AuditLog, NodeId } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Traffic } from './hop.ts'
import type { Wanted } from './target.ts'

export interface Use {
  peer: { id: NodeId; name: string }
  wanted: Wanted
  /** Name of the service or capability for people. */
  label: string
}

/** Sums what peers used here, so that the audit log has one line per peer, thing and minute instead of one per request. */
export interface Usage {
  add(use: Use, traffic: Traffic): void
  /** Writes all sums now. */
  flush(): void
}

const period = 60_000
/** Sums held at once; when there are more they are written early. */
const maxSums = 1_000

export function createUsage({ audit, clock }: { audit: Pick<AuditLog, 'record'>; clock: Clock }): Usage {
  const sums = new Map<string, Use & Traffic & { requests: number }>()
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel?.()
    cancel = null
    const due = [...sums.values()]
    sums.clear()
    for (const { peer, wanted, label, requests, bytesIn, bytesOut } of due) {
      audit.record({
        action: `${wanted.kind}.used`,
        actor: peer.name,
        actorId: peer.id,
        subject: label,
        subjectId: wanted.kind === 'service' ? wanted.service : wanted.capability,
        outcome: 'ok',
        details: { requests, bytesIn, bytesOut },
      })
    }
  }

  return {
    add(use, { bytesIn, bytesOut }) {
      const { peer, wanted } = use
      const key = JSON.stringify([peer.id, wanted])
      const sum = sums.get(key) ?? { ...use, requests: 0, bytesIn: 0, bytesOut: 0 }
      sums.set(key, { ...sum, requests: sum.requests + 1, bytesIn: sum.bytesIn + bytesIn, bytesOut: sum.bytesOut + bytesOut })
      if (sums.size >= maxSums) flush()
      else cancel ??= clock.after(period, flush)
    },
    flush,
  }
}
