/** One member as one node sees it: the signed facts, and what this node found out about it itself. Immutable. */
import type { NodeId } from '../../../components.ts'
import type { SwimTrust } from '../ports.ts'
import { type Digest, digestOf } from './digest.ts'
import type { Facts } from './facts.ts'

/** What this node concluded about a member from its own probes and from accusations; never taken over from others. */
export type Verdict = 'online' | 'suspect' | 'offline'

/** `offline`: cannot be reached, or said that it stops · `left`: said farewell to the mesh · `removed`: was expelled */
export type MemberState = Verdict | 'left' | 'removed'

export interface Member extends Facts {
  readonly state: MemberState
  readonly digest: Digest
}

export function createMember(facts: Facts, verdict: Verdict, admits: SwimTrust['admits']): Member {
  const { node, record, statement, notice } = facts
  const state = stateOf(facts, verdict, admits)
  return { node, record, statement, notice, state, digest: digestOf(facts, state === 'offline') }
}

function stateOf({ record, statement, notice }: Facts, verdict: Verdict, admits: SwimTrust['admits']): MemberState {
  if (record === null ? notice !== null : !admits(record, notice)) return 'removed'
  if (record?.left === true) return 'left'
  return statement?.gone === true ? 'offline' : verdict
}

/** What was concluded about it, as far as its state still tells. */
export function verdictOf(member: Member | undefined): Verdict {
  if (member === undefined || member.state === 'left' || member.state === 'removed') return 'online'
  return member.state
}

/** Takes part in the protocol: may be asked, told and believed. */
export function isPresent(member: Member | undefined): member is Member & { record: NonNullable<Facts['record']> } {
  return member !== undefined && (member.state === 'online' || member.state === 'suspect')
}

/** Belongs to the mesh, whether it can be reached now or not. */
export function belongs(member: Member | undefined): member is Member & { record: NonNullable<Facts['record']> } {
  return member !== undefined && member.record !== null && member.state !== 'left' && member.state !== 'removed'
}

/** The incarnation that accusations against it must name. */
export function incarnationOf(member: Member | undefined): number {
  return member?.statement?.incarnation ?? 0
}

export const noFacts = (node: NodeId): Facts => ({ node, record: null, statement: null, notice: null })

/** What a node shows of itself to whom does not know it. */
export const ownFacts = (node: NodeId, own: Member | undefined): Facts => ({
  node,
  record: own?.record ?? null,
  statement: own?.statement ?? null,
  notice: null,
})
