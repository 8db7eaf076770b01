/**
 * Two machines with one key: notices them among the members, tells the node concerned, and warns where this node is one of
 * them. What was noticed is forgotten after a day without a new sign, and at a restart.
 */
import type { AuditLog, Health, Identity, NodeId } from '../components.ts'
import { maxMembers, maxMeshes } from '../protocol/messages.ts'
import type { Clock } from '../support/clock.ts'
import type { Random } from '../support/random.ts'
import { instanceBytes, nextSightings, type Sightings } from './clone-watch.ts'

/** A warning without a new sign ends, ms. */
const forgetAfter = 86_400_000
/** A sign is fresh for so long, ms: the node is told of it, which gives both of its copies time to ask. */
const tellFor = 60_000
/** More nodes than all meshes can have are not watched; the one not heard of for longest is forgotten. */
const maxNodes = maxMembers * maxMeshes

interface Components {
  identity: Pick<Identity, 'id'>
  audit: AuditLog
  health: Pick<Health, 'raise' | 'clear'>
  clock: Clock
  random: Random
  nameOf: (node: NodeId) => string
}

/** What a ping or pong carries for this. */
export interface InstanceNote {
  /** The start of the sender. */
  instance?: string | undefined
  /** The sender sees the receiver's key on two machines. */
  clones?: boolean | undefined
}

export type CloneAlarm = ReturnType<typeof createCloneAlarm>

export function createCloneAlarm({ identity, audit, health, clock, random, nameOf }: Components) {
  /** This start of this node. */
  const instance = Buffer.from(random.bytes(instanceBytes)).toString('base64url')
  const watched = new Map<NodeId, Sightings>()
  /** Monotonic times of the last sign, of others and (by our own id) of ourselves. */
  const signs = new Map<NodeId, number>()

  const codeOf = (node: NodeId) => (node === identity.id ? 'cloned_here' : `cloned:${node}`)

  function sign(node: NodeId, warning: Omit<Parameters<Health['raise']>[0], 'code' | 'severity'>): void {
    const isNews = !signs.has(node)
    signs.set(node, clock.monotonic())
    if (!isNews) return
    health.raise({ code: codeOf(node), severity: node === identity.id ? 'error' : 'warning', ...warning })
    audit.record({ action: 'node.cloned', actor: nameOf(node), actorId: node, outcome: 'failed' })
  }

  function observe(node: NodeId, seen: string): void {
    const { sightings, returned } = nextSightings(watched.get(node) ?? [], { instance: seen, at: clock.monotonic() })
    watched.delete(node)
    watched.set(node, sightings)
    for (const [oldest] of watched) {
      if (watched.size <= maxNodes) break
      watched.delete(oldest)
    }
    if (returned) sign(node, clonedMember(nameOf(node)))
  }

  const isFresh = (node: NodeId) => clock.monotonic() - (signs.get(node) ?? -Infinity) < tellFor

  return {
    /** Whether another machine with our key runs now. */
    isHere: () => isFresh(identity.id),
    /** What our next message to the node carries. */
    note(node: NodeId): InstanceNote {
      return { instance, ...(node !== identity.id && isFresh(node) && { clones: true }) }
    },
    /** Takes in what a message of the node carried. */
    take(node: NodeId, { instance: seen, clones }: InstanceNote): void {
      if (node === identity.id) return // the inbox has seen it
      if (seen !== undefined) observe(node, seen)
      if (clones) sign(identity.id, clonedHere(`${nameOf(node)} hears from two machines with this node’s key.`))
    },
    /** Our own key called us, or answered at some address as `seen`; this node never calls itself. */
    metOwnKey(seen: string | undefined): void {
      if (seen !== instance) sign(identity.id, clonedHere('This node met its own key on another machine.'))
    },
    /** Ends warnings that have had no sign for a day; called now and then. */
    sweep(): void {
      for (const [node, at] of signs) {
        if (clock.monotonic() - at < forgetAfter) continue
        signs.delete(node)
        health.clear(codeOf(node))
      }
    },
  }
}

const clonedMember = (name: string) => ({
  title: `${name} runs on two machines`,
  text: `Two machines use the key of ${name} at the same time: one is a copy of the other, by a restored backup or a cloned disk, or the key was stolen.`,
  action: 'Ask its owner to make a new identity on one of the two. If nobody there made a copy, remove the node from the mesh.',
})

const clonedHere = (how: string) => ({
  title: 'Another machine uses the identity of this node',
  text: `${how} One is a copy of the other, by a restored backup or a cloned disk. Both are unreliable as long as both run.`,
  action:
    'Make a new identity on the copy (fcn identity renew), or switch it off. If nobody made a copy, the key was stolen: make a new identity here.',
})
