/** A mesh of 500 peers that never stands still: what the window is measured with. */
import type { PeerView, Snapshot } from '../../../electron/contract/snapshot.ts'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { meshOfSize } from '../../fixtures/hubs.ts'

export const crowdSize = 500
/** Changes a second, each in a message of its own, as an agent sends them. */
export const changesPerSecond = 50

export const crowd = (): Snapshot => meshOfSize({ count: crowdSize, hubs: 2 })

/** What changes next of `state`: mostly latencies, now and then how busy a peer is, what moves to it, and whether it answers. */
export function nextChange(state: Snapshot, step: number): Partial<Snapshot> {
  const ids = Object.keys(state.peers)
  const peer = state.peers[ids[(step * 37) % ids.length] ?? '']
  if (peer === undefined) throw new Error('a mesh without peers')
  const kind = step % 10
  if (kind === 8) return { rates: ratesOf(peer, step) }
  const changed = kind < 6 ? withLatency(peer, step) : kind < 8 ? withLoad(peer, step) : flipped(peer)
  return { peers: { ...state.peers, [peer.id]: changed } }
}

const withLatency = (peer: PeerView, step: number): PeerView => ({
  ...peer,
  path: peer.path && { ...peer.path, latencyMs: 1 + (step % 90) },
  lastSeen: Date.now(),
})

const withLoad = (peer: PeerView, step: number): PeerView => ({
  ...peer,
  resources: peer.resources && { ...peer.resources, cpu: { ...peer.resources.cpu, busy: (step % 100) / 100 } },
})

const flipped = (peer: PeerView): PeerView => ({
  ...peer,
  state: peer.state === 'online' ? 'suspect' : 'online',
  path: peer.state === 'online' ? null : { kind: 'direct', url: peer.addresses[0]?.url ?? 'https://192.168.1.2:3000', latencyMs: 3 },
})

const ratesOf = ({ id, name }: PeerView, step: number): Snapshot['rates'] => ({
  [`to ai ${id}`]: {
    ...{ id: `to ai ${id}`, peer: { id, name }, direction: 'to', what: 'ai', underWay: 1 },
    ...{ requestsPerSecond: 1 + (step % 5), bytesPerSecond: 10_000 * (step % 50) },
  },
})

/** The built page over that mesh. `start` lets it change until `stop`, which tells how many changes were sent. */
export async function startCrowd() {
  let state = crowd()
  let step = 0
  const server = await startPageServer('out/renderer', state, answers)
  return {
    url: server.url,
    start() {
      const first = step
      const begun = performance.now()
      // what a late timer missed is made up for, so that a busy machine does not make it easier
      const timer = setInterval(() => {
        const due = first + ((performance.now() - begun) / 1_000) * changesPerSecond
        while (step < due) {
          const change = nextChange(state, step++)
          state = { ...state, ...change }
          server.change(change)
        }
      }, 1_000 / changesPerSecond)
      return () => {
        clearInterval(timer)
        return step - first
      }
    },
    stop: () => server.stop(),
  }
}
export type Crowd = Awaited<ReturnType<typeof startCrowd>>
