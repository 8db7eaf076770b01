import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { aiUse } from '../../../../contract/ai.ts'
import { transaction } from '../../../support/transaction.ts'

export const aiUsageSchema = `CREATE TABLE ai_usage (
  day TEXT NOT NULL, peer TEXT NOT NULL, direction TEXT NOT NULL, requests INTEGER NOT NULL, tokens_in INTEGER NOT NULL,
  tokens_out INTEGER NOT NULL, PRIMARY KEY (day, peer, direction)
) STRICT;`

const row = z
  .object({
    day: z.string(),
    peer: z.string(),
    direction: aiUse.shape.direction,
    requests: z.number(),
    tokens_in: z.number(),
    tokens_out: z.number(),
  })
  .transform(({ tokens_in: tokensIn, tokens_out: tokensOut, ...same }) => ({ ...same, tokensIn, tokensOut }))

/** Counts of one day, peer (node id) and direction. */
export type DayUse = z.infer<typeof row>

/** Counts by day, in SQLite. All functions throw what SQLite throws. */
export interface UsageStore {
  /** Sets the counts of these days, peers and directions: all or none. */
  save(uses: readonly DayUse[]): void
  /** From that day on, the newest day first, then who had most. */
  since(day: string): DayUse[]
  /** Forgets what is older than that day. */
  prune(day: string): void
}

export function createUsageStore(database: DatabaseSync): UsageStore {
  const upsert = database.prepare('INSERT OR REPLACE INTO ai_usage VALUES (?, ?, ?, ?, ?, ?)')
  const select = database.prepare('SELECT * FROM ai_usage WHERE day >= ? ORDER BY day DESC, tokens_in + tokens_out DESC, peer, direction')
  const drop = database.prepare('DELETE FROM ai_usage WHERE day < ?')
  return {
    save: (uses) =>
      transaction(database, () => {
        for (const { day, peer, direction, requests, tokensIn, tokensOut } of uses)
          upsert.run(day, peer, direction, requests, tokensIn, tokensOut)
      }),
    since: (day) => z.array(row).parse(select.all(day)),
    prune: (day) => void drop.run(day),
  }
}
