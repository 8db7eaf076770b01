/** What this node says of itself: that it is here, again whenever somebody doubts it, and that it stops. */
import type { NodeId } from '../../components.ts'
import type { Clock } from '../../support/clock.ts'
import { createRateLimit } from '../../support/rate-limit.ts'
import type { SwimContext } from './context.ts'
import type { Gossip } from './gossip.ts'
import { whenSettled } from './maybe-promise.ts'
import type { Statement } from './ports.ts'
import { guardRules } from './rules.ts'
import { createMember, noFacts } from './state/member.ts'

/** Accusers that are answered directly when the refutation is signed. */
const maxWaiting = 16

export type OwnLife = ReturnType<typeof createOwnLife>

type Components = Pick<SwimContext, 'self' | 'table' | 'timers' | 'trust' | 'report'> & { clock: Clock; gossip: Gossip }

/** `incarnation` must be greater than any this node used before; a proof of a greater one is outdone when it turns up. */
export function createOwnLife({ self, table, timers, trust, report, clock, gossip }: Components, { incarnation }: { incarnation: number }) {
  const limit = createRateLimit(guardRules.refutations, clock)
  let current: Statement | null = table.get(self)?.statement ?? null
  let used = Math.max(incarnation - 1, current?.incarnation ?? 0)
  let signing = false
  let again = false
  let delayed = false
  let stopped = false
  const waiting = new Set<NodeId>()

  /** Signs the next statement; a call while one is being signed makes one more after it. */
  function announce(): void {
    if (signing || stopped) {
      again = signing
      return
    }
    signing = true
    used += 1
    void whenSettled(sign(used, false), publish, (error) => {
      signing = false
      report(error)
    })
  }

  function sign(number: number, gone: boolean) {
    const made = (token: string): Statement => ({ node: self, incarnation: number, gone, token })
    const token = trust.sign({ incarnation: number, gone })
    return token instanceof Promise ? token.then(made) : made(token)
  }

  function keep(statement: Statement): void {
    current = statement
    table.put(createMember({ ...noFacts(self), ...table.get(self), statement }, 'online', trust.admits))
  }

  function publish(statement: Statement): void {
    signing = false
    if (stopped) return
    keep(statement)
    for (const node of waiting) gossip.tell(node, [{ kind: 'statement', statement }])
    gossip.spread({ kind: 'statement', statement })
    waiting.clear()
    if (again) {
      again = false
      announce()
    }
  }

  /** A new statement, as often as we can afford: who is slandered all day must not sign all day. */
  function refute(): void {
    if (delayed || signing) return
    if (limit.take(self)) {
      announce()
      return
    }
    delayed = true
    timers.after(1000 / guardRules.refutations.perSecond, () => {
      delayed = false
      refute()
    })
  }

  return {
    announce,
    statement: () => current,
    /**
     * Somebody doubts that we are here in this incarnation: the answer is a later one. Doubts about an earlier one are
     * out of date; about a later one they are a lie, or will come again with a proof.
     */
    accused(number: number, by?: NodeId): void {
      if (!current || stopped || number > current.incarnation) return
      if (number < current.incarnation) {
        if (by !== undefined) gossip.tell(by, [{ kind: 'statement', statement: current }])
        return
      }
      if (by !== undefined && waiting.size < maxWaiting) waiting.add(by)
      refute()
    },
    /** A checked statement of an earlier life of this node, which had counted further. */
    outlived(number: number): void {
      if (number <= used) return
      used = number
      refute()
    },
    /** The last statement; nothing is announced afterwards. */
    async farewell(): Promise<Statement> {
      stopped = true
      used += 1
      const statement = await sign(used, true)
      keep(statement)
      return statement
    },
    /** Goes on after the timers were stopped. */
    start: () => void (delayed = false),
  }
}
