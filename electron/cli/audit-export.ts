import { open, rename, rm } from 'node:fs/promises'
import { FcnError } from '../agent/errors.ts'
import type { AuditEntry } from '../contract/audit.ts'
import type { AuditFilter } from './audit-filter.ts'
import type { LocalClient } from './client.ts'
import { printableJson } from './terminal-text.ts'

/** Entries asked for at a time, the most that the contract allows. */
const pageSize = 1000

interface ExportOptions {
  filter: AuditFilter
  /** Takes JSON Lines; more follows when it resolves. */
  write(lines: string): Promise<void>
  /** Entries written so far, and all of them once that is known. */
  onProgress(written: number, total: number): void
}

/**
 * Writes the entries oldest first and returns how many. The node gives pages newest first, so a first pass only notes
 * where each page begins, a second fetches them in reverse: memory holds one page, and a number per thousand entries.
 * Entries made meanwhile are not part of it.
 */
export async function exportAudit(client: LocalClient, { filter, write, onProgress }: ExportOptions): Promise<number> {
  const pages = await pageBounds(client, filter)
  const total = pages.reduce((sum, { count }) => sum + count, 0)
  let written = 0
  for (const { before, oldest } of pages.toReversed()) {
    const page = await client.call('audit.list', { ...filter, before, limit: pageSize })
    const entries = page.filter(({ seq }) => seq >= oldest).toReversed()
    await write(entries.map((entry) => `${printableJson(entry)}\n`).join(''))
    written += entries.length
    onProgress(written, total)
  }
  return written
}

interface Page {
  before: number
  oldest: number
  count: number
}

async function pageBounds(client: LocalClient, filter: AuditFilter): Promise<Page[]> {
  const pages: Page[] = []
  let before: number | undefined
  for (;;) {
    const page = await client.call('audit.list', { ...filter, ...(before !== undefined && { before }), limit: pageSize })
    const bounds = boundsOf(page)
    if (!bounds) return pages
    // a node that does not go backwards would keep us here for ever
    if (before !== undefined && bounds.before > before) throw new FcnError('bad_answer', 'The node gave the same entries again.')
    pages.push(bounds)
    before = bounds.oldest
    if (page.length < pageSize) return pages
  }
}

function boundsOf(page: readonly AuditEntry[]): Page | null {
  const newest = page[0]
  const oldest = page.at(-1)
  return newest && oldest ? { before: newest.seq + 1, oldest: oldest.seq, count: page.length } : null
}

/** Hands `work` a writer into a file beside `file`, which becomes `file` when all is written. Only its owner can read it. */
export async function writeWhole<T>(file: string, work: (write: (text: string) => Promise<void>) => Promise<T>): Promise<T> {
  const part = `${file}.part`
  const handle = await open(part, 'w', 0o600).catch((cause: Error) => {
    throw new FcnError('invalid_input', `The file ${file} cannot be written: ${cause.message}.`, { cause })
  })
  try {
    const result = await work(async (text) => void (await handle.write(text)))
    await handle.sync()
    await handle.close()
    await rename(part, file)
    return result
  } catch (error) {
    await handle.close()
    await rm(part, { force: true })
    throw error
  }
}
