import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'

/** A router on loopback that speaks NAT-PMP as RFC 6886 has it, and misbehaves as it is told. */
export interface NatPmpRouter extends AsyncDisposable {
  readonly port: number
  /** Port inside → port outside and lifetime, s. */
  readonly mapped: Map<number, { outside: number; lifetime: number }>
  /** Questions heard so far. */
  readonly heard: number
  address: string
  /** Result code of every answer. */
  result: number
  /** How many questions it lets pass before it answers one. */
  deaf: number
  /** Gives this port outside instead of the one asked for. */
  gives: number | null
  /** Sent before each answer, as it is. */
  nonsense: Buffer[]
  /** Called with each question. */
  onQuestion: (from: RemoteInfo) => void
}

export async function openNatPmpRouter(host = '127.0.0.1'): Promise<NatPmpRouter> {
  const socket = createSocket('udp4')
  socket.bind(0, host)
  await once(socket, 'listening')
  let heard = 0
  const router: NatPmpRouter = {
    port: socket.address().port,
    mapped: new Map(),
    get heard() {
      return heard
    },
    ...{ address: '11.22.33.1', result: 0, deaf: 0, gives: null, nonsense: [], onQuestion: () => undefined },
    [Symbol.asyncDispose]: () => new Promise((resolve) => socket.close(() => resolve())),
  }
  socket.on('message', (question, from) => {
    heard += 1
    router.onQuestion(from)
    if (heard <= router.deaf) return
    for (const packet of [...router.nonsense, answerTo(router, question)]) socket.send(packet, from.port, from.address)
  })
  return router
}

function answerTo(router: NatPmpRouter, question: Buffer): Buffer {
  const op = question.readUInt8(1)
  const answer = Buffer.alloc(op === 0 ? 12 : 16)
  answer.writeUInt8(op + 128, 1)
  answer.writeUInt16BE(router.result, 2)
  if (router.result !== 0) return answer
  if (op === 0) {
    for (const [index, part] of router.address.split('.').entries()) answer.writeUInt8(Number(part), 8 + index)
    return answer
  }
  const [inside, wished, lifetime] = [question.readUInt16BE(4), question.readUInt16BE(6), question.readUInt32BE(8)]
  const outside = router.gives ?? wished
  if (lifetime === 0) router.mapped.delete(inside)
  else router.mapped.set(inside, { outside, lifetime })
  answer.writeUInt16BE(inside, 8)
  answer.writeUInt16BE(lifetime === 0 ? 0 : outside, 10)
  answer.writeUInt32BE(lifetime, 12)
  return answer
}
