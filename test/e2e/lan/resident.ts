import { readControlToken } from '../../../electron/agent/store/control-token.ts'
import type { CallName, CallOutput } from '../../../electron/contract/calls.ts'
import type { PeerView } from '../../../electron/contract/snapshot.ts'
import { type Hand, type HandRequest, type HandResult, startHand } from './hand.ts'
import type { Host } from './lab.ts'
import { type LabNode, startLabNode } from './lab-node.ts'

/** A node in a host of the laboratory, with somebody there who uses it. */
export interface Resident extends AsyncDisposable {
  readonly name: string
  readonly host: Host
  readonly hand: Hand
  /** The running node; another after `restart`. */
  readonly node: LabNode
  fcn<T>(...words: string[]): Promise<T>
  /** One call of the local API, as the page makes it. */
  call<N extends CallName>(name: N, input?: object): Promise<CallOutput<N>>
  /** What it says of a peer; undefined when it knows none of that name. */
  peer(name: string): Promise<PeerView | undefined>
  /** Asks a peer for a service it shares. */
  use(peer: string, service: string, path: string, more?: Omit<HandRequest, 'url'>): Promise<HandResult>
  /** Starts the node again after its end. */
  restart(): Promise<void>
}

/** `port` on loopback only, where several live in one host; as a node of its own host it listens everywhere on 3000. */
interface SettleOptions {
  name?: string
  port?: number
  nodeArgs?: string[]
  env?: Record<string, string>
}

export async function settle(host: Host, data: string, { name = host.name, port, ...more }: SettleOptions = {}): Promise<Resident> {
  const hand = await startHand(host)
  const own = `http://127.0.0.1:${port ?? 3000}`
  const args = ['--name', name, ...(port === undefined ? [] : ['--host', '127.0.0.1', '--port', String(port)])]
  const start = () => startLabNode(host, { ...more, args, data })
  let node = await start()
  const call = async <N extends CallName>(name: N, input: object = {}): Promise<CallOutput<N>> => {
    const headers = { authorization: `Bearer ${readControlToken(data) ?? ''}`, 'content-type': 'application/json' }
    const { status, text, error } = await hand.request({
      url: `${own}/local/v1/${name}`,
      ...{ method: 'POST', headers, body: JSON.stringify(input) },
    })
    if (status !== 200) throw new Error(`${name} at ${name}: ${status} ${error ?? text}`)
    return (JSON.parse(text) as { value: CallOutput<N> }).value
  }
  return {
    name,
    host,
    hand,
    get node() {
      return node
    },
    fcn: (...words) => node.fcn(...words),
    call,
    peer: async (name) => (await call('peer.list')).find((peer) => peer.name === name),
    use: (peer, service, path, more) => hand.request({ url: `${own}/services/any/${peer}/${service}${path}`, ...more }),
    restart: async () => void (node = await start()),
    async [Symbol.asyncDispose]() {
      await node[Symbol.asyncDispose]()
      hand[Symbol.dispose]()
    },
  }
}
