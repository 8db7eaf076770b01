/**
 * After a sleep, a jump of the clock or a change of network nothing we believed is certain: everybody is suspect to
 * ourselves, is verified at once, and nobody is accused for what we slept through.
 */
import type { NodeId } from '../../components.ts'
import { conclude, type SwimContext } from './context.ts'
import type { Doubts } from './doubts.ts'
import type { Gossip } from './gossip.ts'
import type { OwnLife } from './own-life.ts'
import type { Probing } from './probing.ts'
import { isPresent, type Member } from './state/member.ts'
import { choosePartners } from './state/partners.ts'
import type { SyncOutcome } from './sync.ts'

/** Peers asked for what we missed. */
const syncsAfterSleep = 3

interface Components extends Pick<SwimContext, 'self' | 'rules' | 'random' | 'table' | 'trust'> {
  doubts: Doubts
  gossip: Gossip
  ownLife: OwnLife
  probing: Probing
  /** A member to be verified, and worth a try when it was offline. */
  isLost: (member: Member) => boolean
  syncWith: (node: NodeId) => Promise<void>
}

export function createWaking({ self, rules, random, table, trust, doubts, gossip, ownLife, probing, isLost, syncWith }: Components) {
  /** Syncs still to be made with those that answer first. */
  let syncsLeft = 0
  /** Some are suspect only because we were away. */
  let unsure = false

  function doubtEverybody(): void {
    probing.abandon()
    doubts.dropAll()
    gossip.forgetAccusations()
    const present: Member[] = []
    table.each((member) => void (member.node !== self && isPresent(member) && present.push(member)))
    for (const member of present) conclude({ table, trust }, member, 'suspect')
    unsure = true
  }

  return {
    /** Forgets all certainty; nothing is sent. */
    doubtEverybody,
    /** Asks as many as reasonable whether they are there, and the first that answer for what we missed. */
    verify(): void {
      syncsLeft = syncsAfterSleep
      unsure = true
      const suits = (member: Member) => member.node !== self && (member.state === 'suspect' || isLost(member))
      for (const { node } of choosePartners(table, { count: rules.verifiedAtOnce, random, suits })) probing.probe(node)
    },
    /** A member answered a probe. */
    answered(node: NodeId): void {
      if (syncsLeft === 0) return
      syncsLeft--
      void syncWith(node)
    },
    /** Whom a peer sees where we saw it before, and we have no reason of our own to doubt, is there. */
    synced({ offline }: SyncOutcome): void {
      if (!unsure) return
      unsure = false
      const fine: Member[] = []
      table.each((member) => {
        if (member.state === 'suspect' && !doubts.about(member.node) && !offline.has(member.node)) fine.push(member)
      })
      for (const member of fine) conclude({ table, trust }, member, 'online')
    },
    /** This node is heard again: it says so. */
    announce: () => ownLife.announce(),
  }
}
