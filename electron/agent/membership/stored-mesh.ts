/** A mesh as it is read back from disk: everything is checked again, since a file can be changed. */
import type { Logger } from '../support/logger.ts'
import { openMemberRecord } from './member-record.ts'
import { mergeRecord } from './member-table.ts'
import { type Notice, openNotice } from './notice.ts'
import { judged, type OwnMesh } from './own-mesh.ts'

/** The mesh with what was stored of it; what does not hold is logged and left out. */
export async function withStored(
  mesh: OwnMesh,
  { notices, records }: { notices: readonly string[]; records: readonly string[] },
  { log }: { log: Logger },
): Promise<OwnMesh> {
  const reading = (what: string, read: () => Promise<void>) =>
    read().catch((err: unknown) => log.warn({ mesh: mesh.id, err }, `A stored ${what} does not hold and is left out.`))
  const book = new Map<string, Notice>()
  let { table } = mesh
  for (const text of notices) {
    await reading('notice', async () => {
      const notice = await openNotice(text, { mesh: mesh.id, rootKey: mesh.rootKey })
      book.set(notice.id, notice)
    })
  }
  for (const token of records) {
    await reading('member record', async () => {
      table = mergeRecord(table, await openMemberRecord(token))
    })
  }
  return judged({ ...mesh, table, notices: book })
}
