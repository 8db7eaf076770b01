/** A join under way, in every state the contract knows, and what is found on the network. */
import '../../../renderer/features/join/join.css'
import { joinView, type JoinView } from '../../../electron/contract/snapshot.ts'
import { CodesDiffered } from '../../../renderer/features/join/codes-differed.tsx'
import { FoundNode } from '../../../renderer/features/join/found-node.tsx'
import { JoinProgress } from '../../../renderer/features/join/join-progress.tsx'
import { NobodyFound } from '../../../renderer/features/join/nobody-found.tsx'
import { discovered, network } from '../../fixtures/discovery.ts'
import { fixtureTime } from '../../fixtures/household-peers.ts'
import { busy } from '../../fixtures/snapshot.ts'
import { drawn, type Exhibit } from '../exhibit.ts'

const nothing = () => undefined
const ways = { onClose: nothing, onAgain: nothing, onDiffered: nothing }
const under = Object.values(busy().joins)[0]
const joinAt = (more: Partial<JoinView>) => joinView.parse({ ...under, createdAt: fixtureTime - 28_000, ...more })
const progress = (more: Partial<JoinView>) => () => {
  const join = joinAt(more)
  return <JoinProgress id={join.id} join={join} {...ways} />
}
const refused = { code: 'not_a_node', message: 'Nothing answers at 192.168.7.20 on port 3000.', action: 'Is the computer on?' } as const

export const joinExhibits: Exhibit[] = [
  {
    id: 'join-progress',
    title: 'A join under way',
    kind: 'sheet',
    states: drawn({
      ...Object.fromEntries(
        joinView.shape.state.options.map((state) => [
          state,
          progress({ state, problem: state === 'failed' ? refused : null, code: state === 'connecting' ? null : '316074' }),
        ]),
      ),
      'codes match here': progress({ state: 'waiting', confirmed: true }),
      'by invite': progress({ state: 'waiting', code: null, confirmed: true }),
      'codes differed': () => <CodesDiffered onClose={nothing} onAgain={nothing} />,
      gone: () => <JoinProgress id="j9" join={null} {...ways} />,
    }),
  },
  {
    id: 'found-nodes',
    title: 'Nodes found on the network',
    kind: 'sheet',
    states: drawn({
      ...Object.fromEntries(
        Object.values(discovered).map((node, index) => [
          node.name,
          () => <FoundNode node={node} chosen={index === 0} onChoose={nothing} />,
        ]),
      ),
      nobody: () => <NobodyFound network={network} onWay={nothing} onClose={nothing} />,
      'no network': () => <NobodyFound network={{ ...network, interfaces: [] }} onWay={nothing} onClose={nothing} />,
      scanning: () => (
        <NobodyFound
          network={{ ...network, scan: { state: 'running', done: 150, total: 253, found: 1, startedAt: fixtureTime } }}
          onWay={nothing}
          onClose={nothing}
        />
      ),
    }),
  },
]
