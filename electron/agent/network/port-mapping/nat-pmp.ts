/** Asks a router by NAT-PMP. The socket is connected to it, so that the system drops what others send. */
import type { Clock } from '../../support/clock.ts'
import { addressRequest, mapRequest, type NatPmpAnswer, natPmpResult, readNatPmp } from './nat-pmp-messages.ts'
import { talk } from './datagram-talk.ts'
import type { Route } from './default-route.ts'
import { type Granted, type PortMapper, type Router, RouterRefusal } from './port-mapper.ts'

/** Pauses after each time a question is sent, ms (RFC 6886, 3.1, cut short: a router is near); then it has no answer. */
const patience = [250, 500, 1_000, 2_000]

interface NatPmpComponents {
  clock: Clock
}

export function createNatPmp({ clock }: NatPmpComponents, { port = 5351 }: { port?: number } = {}): PortMapper {
  /** Sends until an answer is accepted; null when none came, or nobody listens there. */
  function ask(gateway: string, question: Buffer, accept: (answer: NatPmpAnswer) => boolean, signal: AbortSignal) {
    return talk<NatPmpAnswer | null>({ clock, signal, silence: null }, ({ socket, onPacket, after, end }) => {
      const send = (attempt: number) => {
        const pause = patience[attempt]
        if (pause === undefined) return end(null)
        socket.send(question, (error) => void (error && end(null)))
        after(pause, () => send(attempt + 1))
      }
      onPacket((packet) => {
        const answer = readNatPmp(packet)
        if (answer !== null && accept(answer)) end(answer)
      })
      socket.once('connect', () => send(0))
      socket.connect(port, gateway)
    })
  }

  async function map(route: Route, wish: Parameters<Router['map']>[0], signal: AbortSignal): Promise<Granted> {
    const isFitting = (answer: NatPmpAnswer) =>
      (answer.kind === 'mapped' && answer.port === wish.port) || (answer.kind === 'error' && answer.op === 'map')
    const answer = await ask(route.gateway, mapRequest(wish), isFitting, signal)
    if (answer?.kind === 'mapped') {
      if (wish.lifetime > 0 && (answer.lifetime === 0 || answer.outside === 0)) throw refusal(natPmpResult.refused)
      return { outside: answer.outside, lifetime: answer.lifetime }
    }
    throw answer === null ? new RouterRefusal('no_answer', 'The router does not answer any more.') : refusal(answer.result)
  }

  return {
    async find(route, signal) {
      const isFitting = (answer: NatPmpAnswer) => answer.kind === 'address' || (answer.kind === 'error' && answer.op === 'address')
      const answer = await ask(route.gateway, addressRequest(), isFitting, signal)
      if (answer === null || answer.result === natPmpResult.unsupportedVersion || answer.result === natPmpResult.unsupportedOp) return null
      if (answer.kind !== 'address') throw refusal(answer.result)
      return {
        protocol: 'NAT-PMP',
        address: answer.address,
        map: (wish, within) => map(route, wish, within),
        unmap: async (mapping, within) => void (await map(route, { ...mapping, lifetime: 0 }, within)),
      }
    },
  }
}

function refusal(result: number): RouterRefusal {
  if (result === natPmpResult.offline) return new RouterRefusal('no_address', 'It says that it has no address.')
  const reason = result === natPmpResult.full ? 'It has no free port left.' : `It says no (NAT-PMP result ${result}).`
  return new RouterRefusal('refused', reason)
}
