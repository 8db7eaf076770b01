/** A member that turned: it keeps running the protocol, and besides replays what it heard, floods, and lies about others. */
import type { Message, Rumour } from '../../electron/agent/membership/swim/messages.ts'
import type { SimNode } from './sim-node.ts'
import type { World } from './world.ts'

/** Pause between attacks, ms, and messages of a flood. */
const pace = 100
const flood = 40
const kept = 500

export function createHostile(node: SimNode, world: World): void {
  node.hostile = true
  const { queue, random, nodes } = world
  const { send, exchange } = world.transport(node)
  const heard: Message[] = []
  const core = node.core
  const { life } = node
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.fraction() * list.length)] as T

  if (core) {
    const { receive } = core
    core.receive = (from, message) => {
      heard.push(message)
      if (heard.length > kept) heard.shift()
      receive(from, message)
    }
    // half of its answers are made up
    const { answer } = core
    core.answer = (from, request) =>
      random.fraction() < 0.5
        ? answer(from, request)
        : { type: 'facts', facts: [forgedFacts()], wants: [], offline: slander(), more: random.fraction() < 0.5 }
  }

  const member = () => core?.members.get(pick(nodes).id)
  const slander = () => nodes.slice(0, 100).map(({ id }): [string, number] => [id, core?.members.get(id)?.statement?.incarnation ?? 1])

  function forgedFacts() {
    const { id } = pick(nodes)
    const known = core?.members.get(id)
    const version = (known?.record?.version ?? 0) + 1000
    return {
      node: id,
      record: { node: id, version, left: true, token: known?.record?.token ?? 'forged' },
      statement: null,
      notice: random.fraction() < 0.5 ? { node: id, version: 1e9, token: 'forged' } : null,
    }
  }

  function lie(): Rumour {
    const about = member()
    const subject = about?.node ?? node.id
    const incarnation = about?.statement?.incarnation ?? 1
    const by = [pick(nodes).id, pick(nodes).id, pick(nodes).id, node.id]
    const token = about?.statement?.token ?? 'forged'
    return pick<Rumour>([
      { kind: 'accusation', node: subject, incarnation, by },
      { kind: 'accusation', node: subject, incarnation: Number.MAX_SAFE_INTEGER, by },
      { kind: 'accusation', node: subject, incarnation, by, verdict: true },
      { kind: 'statement', statement: { node: subject, incarnation: incarnation + 5, gone: true, token } },
      { kind: 'statement', statement: { node: subject, incarnation: Number.MAX_SAFE_INTEGER, gone: false, token: 'forged' } },
      { kind: 'have', node: subject, version: Number.MAX_SAFE_INTEGER },
      { kind: 'have', node: `NOBODY-${Math.floor(random.fraction() * 1e9)}`, version: 1 },
    ])
  }

  function attack(): void {
    const target = () => pick(nodes).id
    const lies = () => Array.from({ length: 8 }, lie)
    const seq = Math.floor(random.fraction() * 1000)
    const kinds: (() => void)[] = [
      () => send(target(), { type: 'gossip', rumours: lies() }),
      () => send(target(), { type: 'ping', seq, accused: member()?.statement?.incarnation ?? 1, rumours: lies() }),
      () => send(target(), { type: 'answered', seq, target: target(), proof: 'forged' }),
      () => send(target(), { type: 'unanswered', seq, target: target() }),
      () => send(target(), { type: 'ask', seq, target: target(), nonce: 'xxxxxxxxxxxx' }),
      () => send(target(), { type: 'nonsense' } as unknown as Message),
      () => send(target(), { type: 'gossip', rumours: 'x'.repeat(1000) } as unknown as Message),
      () => heard.length > 0 && send(target(), pick(heard)),
      () => {
        const victim = target()
        for (let count = 0; count < flood; count++) send(victim, heard.length > 0 ? pick(heard) : { type: 'ack', seq: count })
      },
      () => void exchange(target(), { type: 'give', facts: [forgedFacts()] }, 5_000).catch(() => undefined),
    ]
    pick(kinds)()
  }

  const tick = () => {
    if (node.life !== life) return
    world.touch()
    attack()
    queue.at(queue.time + pace, tick)
  }
  tick()
}
