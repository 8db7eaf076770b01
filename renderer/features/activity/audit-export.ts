import type { CallInput } from '../../../electron/contract/calls.ts'
import type { AuditEntry } from '../../../electron/contract/audit.ts'

/** Entries fetched at once: the most the node gives. */
const page = 1_000
/** The log itself is not longer (contract, `settings.auditEntries`). */
const most = 1_000_000

/**
 * Reads the log page by page as JSON Lines, newest first. Each part is the text of one page. Rejects with the reason of
 * `signal` when it is aborted, and with what `list` rejects with.
 */
export async function readAuditLines(
  list: (query: CallInput<'audit.list'>) => Promise<AuditEntry[]>,
  query: CallInput<'audit.list'>,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (entries: number) => void },
): Promise<string[]> {
  const parts: string[] = []
  let before: number | undefined
  for (let count = 0; count < most;) {
    const entries = await list({ ...query, ...(before === undefined ? {} : { before }), limit: page })
    signal.throwIfAborted()
    if (entries.length > 0) parts.push(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
    count += entries.length
    before = entries.at(-1)?.seq
    onProgress(count)
    if (entries.length < page) break
  }
  return parts
}
