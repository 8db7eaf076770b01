import type { ErrorCode } from '../../contract/error-codes.ts'
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
  /** A request that was not served, or not to its end, and the code of the error that said why. */
  refuse(use: Use, code: ErrorCode): void
  /** Writes all sums now. */
  flush(): void
}

const period = 60_000
/** Sums held at once; when there are more they are written early. */
const maxSums = 1_000

interface Sum extends Use, Traffic {
  requests: number
  /** Null for what was served. */
  refused: ErrorCode | null
}

export function createUsage({ audit, clock }: { audit: Pick<AuditLog, 'record'>; clock: Clock }): Usage {
  const sums = new Map<string, Sum>()
  let cancel: (() => void) | null = null

  const flush = () => {
    cancel?.()
    cancel = null
    const due = [...sums.values()]
    sums.clear()
    for (const { peer, wanted, label, requests, bytesIn, bytesOut, refused } of due) {
      audit.record({
        action: `${wanted.kind}.used`,
        actor: peer.name,
        actorId: peer.id,
        subject: label,
        subjectId: wanted.kind === 'service' ? wanted.service.slice(0, 64) : wanted.capability,
        ...(refused === null
          ? { outcome: 'ok', details: { requests, bytesIn, bytesOut } }
          : { outcome: 'refused', details: { requests, code: refused } }),
      })
    }
  }

  const count = (use: Use, { bytesIn, bytesOut }: Traffic, refused: ErrorCode | null) => {
    const key = JSON.stringify([use.peer.id, use.wanted, refused])
    const sum = sums.get(key) ?? { ...use, requests: 0, bytesIn: 0, bytesOut: 0, refused }
    sums.set(key, { ...sum, requests: sum.requests + 1, bytesIn: sum.bytesIn + bytesIn, bytesOut: sum.bytesOut + bytesOut })
    if (sums.size >= maxSums) flush()
    else cancel ??= clock.after(period, flush)
  }

  return {
    add: (use, traffic) => count(use, traffic, null),
    refuse: (use, code) => count(use, { bytesIn: 0, bytesOut: 0 }, code),
    flush,
  }
}
