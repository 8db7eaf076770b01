/** What trying showed: this node's own port, and peers that were asked to connect back. Pure. */
import type { Finding } from '../../contract/discovery.ts'

/** A clock that is so far off confuses people and runs invites out, ms. */
const noticeableOffset = 30_000
const harmfulOffset = 5 * 60_000

export interface OwnPort {
  port: number | null
  movedFrom: number | null
  /** Addresses for others; none when only this computer reaches the node. */
  hosts: string[]
  /** Those of them that took a connection from this computer itself. */
  answering: string[]
}

export function portFinding({ port, movedFrom, hosts, answering }: OwnPort): Finding {
  const id = 'port'
  if (port === null)
    return {
      ...{ id, state: 'problem', title: 'This node listens nowhere' },
      text: 'Without a port nobody can reach it.',
      action: 'Choose a free port in Settings, Network, and start it again.',
      command: null,
    }
  if (hosts.every((host) => host === '127.0.0.1' || host === '::1'))
    return {
      ...{ id, state: 'problem', title: 'Only this computer reaches this node' },
      text: `It listens on port ${port}, but on no address that others know: there is no network, or the settings say so.`,
      action: 'Is there a network? Then clear the address in Settings, Network, and start the node again.',
      command: null,
    }
  const silent = hosts.filter((host) => !answering.includes(host))
  if (silent.length > 0)
    return {
      ...{ id, state: 'warning', title: `Port ${port} does not answer everywhere` },
      text: `Nothing answers at ${silent.join(', ')}, although others are told that it does.`,
      action: 'Start the node again. If it stays, choose the address to listen on in Settings, Network.',
      command: null,
    }
  const moved = movedFrom === null ? '' : ` Port ${movedFrom} was taken by another program; people who join by URL need the new one.`
  const text = `This node answers at ${answering.join(', ')}.${moved}`
  return { id, state: 'ok', title: `Port ${port} is open on this computer`, text, action: null, command: null }
}

/** What a peer said that was asked to connect back. */
export interface CallBack {
  peer: string
  /** Null: it could not be asked, and why. */
  answer: { reached: boolean; problem: string | null; address: string } | null
  why: string | null
  /** Its clock minus ours, ms. */
  offset: number | null
}

export function callBackFindings(callBacks: readonly CallBack[]): Finding[] {
  if (callBacks.length === 0) {
    const text = 'A peer that is online can be asked to connect to this node, which is the only proof that others reach it.'
    return [
      {
        id: 'reached',
        state: 'unknown',
        title: 'No peer could be asked',
        text,
        action: 'Look again when a peer is online.',
        command: null,
      },
    ]
  }
  return callBacks.map(callBackFinding)
}

function callBackFinding({ peer, answer, why }: CallBack): Finding {
  const id = `reached-${peer}`
  if (answer === null) {
    const text = why ?? 'It did not answer.'
    return { id, state: 'unknown', title: `${peer} could not be asked`, text, action: null, command: null }
  }
  if (answer.reached) {
    const text = `It connected to ${answer.address} and found this node’s key there.`
    return { id, state: 'ok', title: `${peer} reaches this node`, text, action: null, command: null }
  }
  return {
    ...{ id, state: 'problem', title: `${peer} does not reach this node` },
    text: `It tried ${answer.address}: ${answer.problem ?? 'no answer'}. This node reaches it, so something lets connections out, but not in.`,
    action: 'Allow this node in the firewall of this computer; between networks, in the router.',
    command: null,
  }
}

export function clockFindings(callBacks: readonly CallBack[]): Finding[] {
  const offsets = callBacks.flatMap(({ peer, offset }) => (offset === null ? [] : [{ peer, offset }]))
  if (offsets.length === 0) return []
  // with several peers the one in the middle: one wrong clock elsewhere is not ours
  const { offset, peer } = offsets.toSorted((a, b) => a.offset - b.offset)[Math.floor(offsets.length / 2)] as (typeof offsets)[number]
  const size = Math.abs(offset)
  const seconds = Math.round(size / 1000)
  if (size < noticeableOffset)
    return [
      {
        id: 'clock',
        state: 'ok',
        title: 'The clock is right',
        text: `It differs from ${peer} by ${seconds} s.`,
        action: null,
        command: null,
      },
    ]
  return [
    {
      id: 'clock',
      state: size < harmfulOffset ? 'warning' : 'problem',
      title: `The clock is ${seconds} s ${offset > 0 ? 'behind' : 'ahead of'} ${peer}`,
      text: 'Invites may seem to have run out, and times in the log are wrong. Who is a member does not depend on it.',
      action: 'Switch on setting the time by network on the computer whose clock is wrong.',
      command: null,
    },
  ]
}
