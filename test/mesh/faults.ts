/** Carries out what a scenario says. */
import { createHostile } from './hostile.ts'
import type { Choice, Fault } from './scenarios.ts'
import type { SimNode } from './sim-node.ts'
import type { World } from './world.ts'

/** What onlookers are told of it. */
export type FaultWatcher = (fault: Fault, nodes: readonly SimNode[]) => void

export function createFaults(world: World, watcher: FaultWatcher) {
  const { queue, random, network, nodes, signatures } = world
  const running = () =>
    nodes.filter((node) => world.isUp(node) && node.standing === 'member' && !node.hostile && queue.time >= node.pausedUntil)

  function choose({ count, part = 0 }: Choice, from = running()): SimNode[] {
    const wanted = Math.min(count ?? Math.floor(part * from.length), Math.max(0, from.length - 2))
    const left = [...from]
    return Array.from({ length: wanted }, () => left.splice(Math.floor(random.fraction() * left.length), 1)).flat()
  }

  const disturb = (some: readonly SimNode[], until = queue.time) => {
    for (const node of some) {
      node.disturbed = Math.max(node.disturbed, until)
      node.touched = queue.time
    }
  }

  function pause(node: SimNode, seconds: number, asleep: boolean): void {
    const until = queue.time + seconds * 1000
    Object.assign(node, { pausedUntil: until, asleep })
    disturb([node], until)
    queue.at(until, () => void (node.asleep = false))
  }

  function farewell(node: SimNode): void {
    const { core } = node
    world.touch()
    const { life } = node
    void core?.stop().then(() => {
      if (node.life !== life) return
      node.condition = 'killed'
      node.stopped = true
    })
  }

  function change(node: SimNode, left = false): void {
    node.version += 2
    if (left) node.standing = 'left'
    node.core?.setRecord(signatures.record({ node: node.id, version: node.version, left }, node.admission))
  }

  function remove(node: SimNode): void {
    const [remover] = choose(
      { count: 1 },
      running().filter((other) => other !== node),
    )
    if (!remover) return
    node.standing = 'removed'
    remover.core?.remove(signatures.notice({ node: node.id, version: queue.time + 1 }, node.admission))
  }

  function readmit(node: SimNode): void {
    const [contact] = choose({ count: 1 })
    if (!contact) return
    node.standing = 'member'
    node.admission++
    node.version += 2
    world.rejoin(node, contact)
  }

  function offline(node: SimNode, seconds: number): void {
    node.core?.setNetwork(false)
    const { life } = node
    node.condition = 'silent'
    disturb([node], queue.time + seconds * 1000)
    queue.at(queue.time + seconds * 1000, () => {
      if (node.life !== life) return
      node.condition = 'up'
      world.touch()
      node.core?.setNetwork(true)
    })
  }

  function cutLinks(links: number): SimNode[] {
    const touched: SimNode[] = []
    for (let link = 0; link < links; link++) {
      const [a, b] = choose({ count: 2 })
      if (a && b) {
        network.cut(a.index, b.index)
        touched.push(a, b)
      }
    }
    return touched
  }

  function split(part: number): void {
    const away = new Set(choose({ part }, nodes))
    network.split(nodes.map((node) => (away.has(node) ? 1 : 0)))
    disturb(nodes)
  }

  function carryOut(fault: Fault): readonly SimNode[] {
    switch (fault.kind) {
      case 'partition':
        split(fault.part)
        return []
      case 'heal':
        network.split(null)
        disturb(nodes)
        return []
      case 'kill':
      case 'silence':
        return each(choose(fault), (node) => world.die(node, fault.kind === 'kill' ? 'killed' : 'silent'))
      case 'restart':
        return each(
          nodes.filter((node) => node.condition !== 'up' && node.standing === 'member' && node.core),
          (node) => world.restart(node),
        )
      case 'stop':
        return each(choose(fault), farewell)
      case 'leave':
        return each(choose(fault), (node) => change(node, true))
      case 'remove':
        return each(choose(fault), remove)
      case 'readmit':
        return each(nodes.filter(({ standing }) => standing === 'removed').slice(0, 1), readmit)
      case 'pause':
        return each(choose(fault), (node) => pause(node, fault.seconds, fault.asleep === true))
      case 'clock':
        return each(choose(fault), (node) => void (node.wallOffset += fault.seconds * 1000))
      case 'one-way':
        return cutLinks(fault.links)
      case 'deafen':
        return each(choose(fault), (node) => network.deafen(node.index))
      case 'mend':
        disturb(nodes)
        network.mend()
        return []
      case 'conditions':
        network.set(fault.change)
        return []
      case 'change':
        return each(choose(fault), (node) => change(node))
      case 'join':
        for (const contact of choose({ count: fault.count })) world.join(contact)
        return []
      case 'offline':
        return each(choose(fault), (node) => offline(node, fault.seconds))
      case 'corrupt':
        return each(choose(fault), (node) => createHostile(node, world))
    }
  }

  function each(some: readonly SimNode[], effect: (node: SimNode) => void): readonly SimNode[] {
    disturb(some)
    for (const node of some) effect(node)
    return some
  }

  return {
    schedule(faults: readonly Fault[]): void {
      for (const fault of faults) queue.at(fault.at * 1000, () => watcher(fault, carryOut(fault)))
    },
  }
}
