import { byteOrderMark, csvLine } from './csv.ts'

export type ExportFormat = 'csv' | 'json'

/** Entries fetched at once: the most the node gives. */
const page = 1_000
/** The log itself is not longer (contract, `settings.auditEntries`). */
const most = 1_000_000

/** A list that can be exported. */
export interface Exportable<T> {
  /** The entries after `before` (null: from the newest on), newest first, at most `limit`. */
  list: (before: T | null, limit: number) => Promise<T[]>
  /** Heads of the columns in a table. */
  heads: readonly string[]
  /** An entry in those columns. */
  fields: (entry: T) => (string | number | null)[]
}

/**
 * Reads a list page by page, newest first, as the parts of one file: a table, or a JSON array of the entries as the node
 * gives them. Rejects with the reason of `signal` when it is aborted, and with what `list` rejects with.
 */
export async function readExport<T>(
  { list, heads, fields }: Exportable<T>,
  format: ExportFormat,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (entries: number) => void },
): Promise<string[]> {
  const parts = [format === 'csv' ? byteOrderMark + csvLine(heads) : '[']
  let last: T | null = null
  for (let count = 0; count < most;) {
    const entries: T[] = await list(last, page)
    signal.throwIfAborted()
    const first = count === 0
    if (entries.length > 0) {
      const texts = entries.map((entry) => (format === 'csv' ? csvLine(fields(entry)) : JSON.stringify(entry)))
      parts.push(format === 'csv' ? texts.join('') : `${first ? '\n' : ',\n'}${texts.join(',\n')}`)
    }
    count += entries.length
    last = entries.at(-1) ?? null
    onProgress(count)
    if (entries.length < page) break
  }
  return format === 'csv' ? parts : [...parts, '\n]\n']
}
