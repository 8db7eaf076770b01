/** Whether others can reach this node directly, or only through a hub. Pure. */
import type { Finding } from '../../contract/discovery.ts'
import type { TunnelView } from '../../contract/relay.ts'
import type { CallBack } from './contact-findings.ts'

/** Nothing where no mesh has a hub that this node keeps a tunnel to. */
export function hubFindings(callBacks: readonly CallBack[], tunnels: readonly TunnelView[]): Finding[] {
  if (tunnels.length === 0) return []
  const id = 'hub'
  const answers = callBacks.flatMap(({ answer }) => answer ?? [])
  const isShut = answers.length > 0 && answers.every(({ reached }) => !reached)
  const up = tunnels.filter(({ state }) => state === 'up').map(({ name }) => name)
  const all = list(tunnels.map(({ name }) => name))
  if (up.length === 0)
    return [
      {
        ...{ id, state: isShut ? 'problem' : 'info', title: `This node is not attached to ${all}` },
        text: [
          tunnels.find(({ problem }) => problem !== null)?.problem?.message,
          'Who cannot reach this node directly does not reach it at all.',
        ]
          .filter(Boolean)
          .join(' '),
        action: 'It is tried again by itself. Is the hub on, and does it let in more members?',
        command: null,
      },
    ]
  if (isShut)
    return [
      {
        ...{ id, state: 'info', title: `Others reach this node only through ${list(up)}` },
        text: 'No peer that was asked connects to it directly. What they send is passed on by the hub, which cannot read it: slower, and only while the hub is on.',
        action: 'To be reached directly, do what is said about port, firewall and router.',
        command: null,
      },
    ]
  const text = 'Who cannot reach this node directly reaches it there.'
  return [{ id, state: 'ok', title: `This node is attached to ${list(up)}`, text, action: null, command: null }]
}

const list = (names: readonly string[]): string => names.join(', ').replace(/, ([^,]*)$/u, ' and $1')
