import type { NodeId } from '../../../electron/agent/components.ts'
import { type Answer, parseAnswer, parseMessage, parseRequest, type Request } from '../../../electron/agent/membership/swim/messages.ts'
import type { MeshNetwork, Receiver } from './mesh-network.ts'

/** Connections a node keeps; the one used least recently is closed, as in the real transport. */
const maxConnections = 64

type Condition = 'up' | 'killed' | 'silent'

interface Place {
  readonly receiver: () => Receiver
  condition: Condition
  /** Peers, the one used last at the end. */
  readonly connections: Set<NodeId>
}

/** Messages become text and are parsed and checked again, as on a wire; they arrive in the next turn of the event loop. */
export function createMemoryNetwork(): MeshNetwork {
  const places = new Map<NodeId, Place>()
  let bytes = 0

  const isUp = (node: NodeId) => places.get(node)?.condition === 'up'

  function encode(value: unknown): string {
    const text = JSON.stringify(value)
    bytes += Buffer.byteLength(text)
    return text
  }

  function use(from: NodeId, to: NodeId): void {
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const connections = places.get(one)?.connections
      if (!connections) continue
      connections.delete(other)
      connections.add(other)
      const [oldest] = connections
      if (connections.size <= maxConnections || oldest === undefined) continue
      connections.delete(oldest)
      places.get(oldest)?.connections.delete(one)
    }
  }

  /** Carries one text; `arrived` runs at the other side, `refused` here. Neither when it is silent. */
  function carry(from: NodeId, to: NodeId, { arrived, refused }: { arrived: (place: Place) => void; refused: () => void }): void {
    if (!isUp(from)) return
    if (isUp(to)) use(from, to)
    setImmediate(() => {
      const place = places.get(to)
      if (place?.condition === 'up') arrived(place)
      else if (place?.condition !== 'silent' && isUp(from)) refused()
    })
  }

  const fail = (from: NodeId, to: NodeId) => places.get(from)?.receiver().connectionFailed(to, 'refused')

  function send(from: NodeId, to: NodeId, message: object): void {
    const text = encode(message)
    carry(from, to, {
      arrived(place) {
        const parsed = parseMessage(JSON.parse(text))
        if (!parsed) throw new Error(`A core sent what its schema refuses: ${text}`)
        place.receiver().receive(from, parsed)
      },
      refused: () => fail(from, to),
    })
  }

  async function answerOf(place: Place, from: NodeId, text: string): Promise<string> {
    const request = parseRequest(JSON.parse(text))
    if (!request) throw new Error(`A core asked what its schema refuses: ${text}`)
    return encode(await place.receiver().answer(from, request))
  }

  function exchange(from: NodeId, to: NodeId, { request, limit }: { request: Request; limit: number }): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('No answer came.')), limit)
      timer.unref()
      const text = encode(request)
      carry(from, to, {
        arrived(place) {
          answerOf(place, from, text).then((answer) => {
            carry(to, from, {
              arrived() {
                clearTimeout(timer)
                const parsed = parseAnswer(JSON.parse(answer))
                if (parsed) resolve(parsed)
                else reject(new Error(`A core answered what its schema refuses: ${answer}`))
              },
              refused: () => undefined,
            })
          }, reject)
        },
        refused() {
          clearTimeout(timer)
          fail(from, to)
          reject(new Error('The connection was refused.'))
        },
      })
    })
  }

  function leave(node: NodeId, condition: Condition): Set<NodeId> {
    const place = places.get(node)
    if (!place) throw new Error(`${node} is not on this network.`)
    place.condition = condition
    return place.connections
  }

  return {
    name: 'memory network',
    counts: 'payload',
    async join({ id }, receiver) {
      places.set(id, { receiver, condition: 'up', connections: new Set() })
      return {
        send: (to, message) => send(id, to, message),
        exchange: (to, request, limit) => exchange(id, to, { request, limit }),
      }
    },
    kill(node) {
      for (const peer of leave(node, 'killed'))
        setImmediate(() => void (isUp(peer) && places.get(peer)?.receiver().connectionFailed(node, 'lost')))
    },
    silence: (node) => void leave(node, 'silent'),
    sent: async () => bytes,
    async close() {
      for (const node of places.keys()) leave(node, 'silent')
    },
  }
}
