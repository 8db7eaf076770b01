import type { ReactNode } from 'react'
import type { CallName } from '../../electron/contract/calls.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Link } from '../../renderer/bridge/sync.ts'
import type { Answers } from '../fakes/page-server.ts'

/** A component in one state. */
export interface ExhibitState {
  /** Made anew for each showing. */
  show: () => ReactNode
  /** What the node is like; a household on a quiet morning unless given. */
  snapshot?: Snapshot
  /** What the node answers here and nowhere else. */
  answers?: Answers
  /** Calls that the node never answers: what waits can be looked at. */
  pending?: readonly CallName[]
  link?: Link
}

/** A component, or a few that belong together, in every state worth looking at. */
export interface Exhibit {
  /** Its address: `#<id>`, unique. */
  id: string
  title: string
  /** `sheet`: the states stand below each other. `window`: each has a page of its own, because it fills one. */
  kind: 'sheet' | 'window'
  states: Record<string, ExhibitState>
}

/** States that differ only in what is drawn. */
export const drawn = (pictures: Record<string, () => ReactNode>): Record<string, ExhibitState> =>
  Object.fromEntries(Object.entries(pictures).map(([name, show]) => [name, { show }]))
