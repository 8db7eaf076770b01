/** What all parts of one core share: one mesh, one node, one table. */
import type { NodeId } from '../../components.ts'
import type { Random } from '../../support/random.ts'
import type { SwimTransport, SwimTrust } from './ports.ts'
import type { SwimRules } from './rules.ts'
import { createMember, type Member, type Verdict, verdictOf } from './state/member.ts'
import type { MemberTable } from './state/member-table.ts'
import type { Timers } from './timers.ts'

export interface SwimContext {
  readonly self: NodeId
  readonly rules: SwimRules
  readonly timers: Timers
  readonly random: Random
  readonly table: MemberTable
  readonly transport: SwimTransport
  readonly trust: SwimTrust
  /** Takes failures of ports that promised none, for the log. */
  readonly report: (error: unknown) => void
}

/** Writes a conclusion of this node about another into the table. */
export function conclude({ table, trust }: Pick<SwimContext, 'table' | 'trust'>, member: Member, verdict: Verdict): void {
  if (verdictOf(member) === verdict || member.state === 'left' || member.state === 'removed') return
  table.put(createMember(member, verdict, trust.admits))
}
