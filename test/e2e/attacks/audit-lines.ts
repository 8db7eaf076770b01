import type { AuditEntry } from '../../../electron/contract/audit.ts'
import { eventually } from '../../support/eventually.ts'
import type { NodeProcess } from '../node-process.ts'

/** What the node wrote down, newest first, through its local API. */
export async function auditLines(node: NodeProcess, query: Record<string, unknown> = {}): Promise<AuditEntry[]> {
  const { body } = await node.call('audit.list', { limit: 1000, ...query })
  return body.value as AuditEntry[]
}

interface Expected {
  action: string
  code?: string
  /** Where it came from. */
  address?: string
  /** Whose key was proved. */
  node?: string
}

/** The line that the node wrote about it. The first of a kind is written at once. */
export async function expectLine(node: NodeProcess, { action, code, address, node: id }: Expected, limit = 5_000): Promise<AuditEntry> {
  return eventually(
    `a line ${action} ${code ?? ''} ${address ?? id ?? ''}`,
    async () =>
      (await auditLines(node, { action })).find(
        ({ details, actorId }) =>
          (code === undefined || details['code'] === code) &&
          (address === undefined || details['address'] === address) &&
          (id === undefined || actorId === id),
      ),
    limit,
  )
}

/** How often in all something was refused with that code. */
export async function refusedTimes(node: NodeProcess, code: string): Promise<number> {
  const lines = await auditLines(node, { outcome: 'refused' })
  return lines.filter(({ details }) => details['code'] === code).reduce((sum, { details }) => sum + Number(details['count']), 0)
}
