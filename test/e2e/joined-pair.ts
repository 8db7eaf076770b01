import type { PeerView, RequestView } from '../../electron/contract/snapshot.ts'
import { eventually } from '../support/eventually.ts'
import { type NodeProcess, startNode } from './node-process.ts'

/** Lets `joiner` into the mesh of `approver` through the CLI of both. */
export async function joinThrough(approver: NodeProcess, joiner: NodeProcess): Promise<void> {
  const asked = await joiner.fcn('join', approver.url, '--json')
  if (asked.code !== 0) throw new Error(`join: ${asked.stderr}`)
  const { id } = (asked.json as { approver: { id: string } }).approver
  const request = await eventually('the request arrives', async () => {
    const requests = (await approver.fcn('requests', '--json')).json as RequestView[]
    return requests.find(({ node }) => node.name === joiner.name)
  })
  const approved = await approver.fcn('approve', request.id)
  if (approved.code !== 0) throw new Error(`approve: ${approved.stderr}`)
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
