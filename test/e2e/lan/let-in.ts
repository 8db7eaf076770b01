import { eventually } from '../../support/eventually.ts'
import type { LabNode } from './lab-node.ts'

interface Peer {
  name: string
  state: string
}

/** Lets `joiner` into the mesh of `approver`, which it finds at `url`; done when each sees the other online. */
export async function letIn(approver: LabNode, joiner: LabNode, url: string): Promise<void> {
  const join = await joiner.fcn<{ id: string; code: string }>('join', url, '--no-wait')
  const request = await eventually('the request arrives', async () => (await approver.fcn<{ id: string; code: string }[]>('requests'))[0])
  if (request.code !== join.code) throw new Error(`The codes differ: ${request.code} and ${join.code}.`)
  await approver.fcn('approve', request.id, '--code', join.code)
  await joiner.fcn('confirm', join.id, '--code', request.code)
  await eventually('both are online', async () => {
    const states = await Promise.all([stateOf(approver, joiner.host.name), stateOf(joiner, approver.host.name)])
    return states.every((state) => state === 'online')
  })
}

const stateOf = async (node: LabNode, name: string) => (await node.fcn<Peer[]>('peers')).find((peer) => peer.name === name)?.state

/** Names of the peers that the node sees online, sorted. */
export const onlinePeers = async (node: LabNode): Promise<string[]> =>
  (await node.fcn<Peer[]>('peers')).flatMap(({ name, state }) => (state === 'online' ? [name] : [])).toSorted()
