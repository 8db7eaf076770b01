import { createHash } from 'node:crypto'
import type { NodeId } from '../../components.ts'
import type { Clock } from '../../support/clock.ts'

/** Remembered so long after the last request, ms: engines keep the beginning of a conversation for minutes. */
const keptFor = 15 * 60_000
const maxKept = 1_024

/** Which node had the last request of a conversation. In memory only, and only as a hash of how it begins. */
export interface Conversations {
  /** Null for one that is not known, or has no beginning to know it by. */
  nodeOf(conversation: Conversation): NodeId | null
  wentTo(conversation: Conversation, node: NodeId): void
}

export interface Conversation {
  model: string
  /** System prompt and first message. */
  opening: string
}

export function createConversations({ clock }: { clock: Clock }): Conversations {
  const known = new Map<string, { node: NodeId; until: number }>()
  return {
    nodeOf(conversation) {
      if (conversation.opening === '') return null
      const entry = known.get(keyOf(conversation))
      return entry === undefined || entry.until < clock.monotonic() ? null : entry.node
    },
    wentTo(conversation, node) {
      if (conversation.opening === '') return
      const key = keyOf(conversation)
      known.delete(key) // inserted anew behind the others, of which the oldest gives way
      known.set(key, { node, until: clock.monotonic() + keptFor })
      if (known.size > maxKept) known.delete(known.keys().next().value as string)
    },
  }
}

const keyOf = ({ model, opening }: Conversation): string => createHash('sha256').update(`${model}\0${opening}`).digest('base64')
