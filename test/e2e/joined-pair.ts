import type { JoinView, PeerView, RequestView } from '../../electron/contract/snapshot.ts'
import { eventually } from '../support/eventually.ts'
import { type NodeProcess, startNode } from './node-process.ts'

/** Lets `joiner` into the mesh of `approver` through the CLI of both. */
export async function joinThrough(approver: NodeProcess, joiner: NodeProcess): Promise<void> {
  const asked = await joiner.fcn('join', approver.url, '--json')
  if (asked.code !== 0) throw new Error(`join: ${asked.stderr}`)
  const join = asked.json as JoinView
  const request = await eventually('the request arrives', async () => {
    const requests = (await approver.fcn('requests', '--json')).json as RequestView[]
    return requests.find(({ node }) => node.name === joiner.name)
  })
  // each side gives the code that the other one's screen shows
  const approved = await approver.call('request.approve', { id: request.id, code: join.code })
  if (approved.status !== 200) throw new Error(`approve: ${JSON.stringify(approved.body)}`)
  const confirmed = await joiner.call('join.confirm', { id: join.id, code: request.code })
  if (confirmed.status !== 200) throw new Error(`confirm: ${JSON.stringify(confirmed.body)}`)
  const { id } = join.approver ?? {}
  await eventually(`${joiner.name} sees ${approver.name} online`, async () =>
    (await peersOf(joiner)).some((peer) => peer.id === id && peer.state === 'online'),
  )
  await eventually(`${approver.name} sees ${joiner.name} online`, async () =>
    (await peersOf(approver)).some((peer) => peer.name === joiner.name && peer.state === 'online'),
  )
}

export const peersOf = async (node: NodeProcess) => (await node.fcn('peers', '--json')).json as PeerView[]

/** Two running nodes that are members of one mesh, "Maple Street". */
export async function joinedPair(names: { approver: string; joiner: string }): Promise<{ approver: NodeProcess; joiner: NodeProcess }> {
  const [approver, joiner] = await Promise.all([startNode({ name: names.approver }), startNode({ name: names.joiner })])
  const made = await approver.fcn('create', 'Maple Street')
  if (made.code !== 0) throw new Error(`create: ${made.stderr}`)
  await joinThrough(approver, joiner)
  return { approver, joiner }
}
