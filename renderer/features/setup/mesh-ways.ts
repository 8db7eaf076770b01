import type { DiscoveredView } from '../../../electron/contract/discovery.ts'
import type { JoinView, Snapshot } from '../../../electron/contract/snapshot.ts'
import { inOrder, standingOf } from '../../store/found-groups.ts'

/** The ways into a mesh, in the order they are shown. */
export const meshWays = ['network', 'url', 'invite', 'create'] as const
export type MeshWay = (typeof meshWays)[number]

/** The node to ask on this network: `wanted` while it is there, else the first that is in a mesh and would take us; null when nobody shows itself. */
export function nodeToAsk(discovered: Snapshot['discovered'], wanted: string | null): DiscoveredView | null {
  const joinable = inOrder(Object.values(discovered)).filter((node) => standingOf(node) === 'joinable')
  return joinable.find(({ id }) => id === wanted) ?? joinable[0] ?? null
}

/** What a join that is under way needs from whom, as a key of the texts; null when it has led into a mesh. */
export function joinNeeds({ state, code, confirmed }: Pick<JoinView, 'state' | 'code' | 'confirmed'>) {
  switch (state) {
    case 'connecting':
      return { title: 'reaching', help: 'reachingHelp', mark: 'reconnecting', here: false } as const
    case 'waiting':
      return code !== null && !confirmed
        ? ({ title: 'waitingFor', help: 'compareFirst', mark: 'waiting', here: true } as const)
        : ({ title: 'waitingFor', help: 'waitingHelp', mark: 'waiting', here: false } as const)
    case 'confirming':
      return code !== null && !confirmed
        ? ({ title: 'approved', help: 'compareFirst', mark: 'waiting', here: true } as const)
        : ({ title: 'approved', help: 'approvedHelp', mark: 'waiting', here: false } as const)
    case 'rejected':
    case 'expired':
    case 'failed':
      return { title: 'ended', help: 'endedHelp', mark: 'problem', here: false } as const
    case 'joined':
      return null
  }
}

/** Joins that wait for somebody, and those that have ended without a mesh, oldest first. */
export const joinsUnderWay = ({ joins }: Pick<Snapshot, 'joins'>): JoinView[] =>
  Object.values(joins)
    .filter(({ state }) => state !== 'joined')
    .toSorted((a, b) => a.createdAt - b.createdAt)
