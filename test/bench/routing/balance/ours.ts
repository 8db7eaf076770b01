/** The router's own choice as a policy of the simulation: the only file here that knows the router's inside. */
import { createBalancer, type LoadOf } from '../../../../electron/agent/routing/balancer.ts'
import { createNodeStatistics } from '../../../../electron/agent/routing/node-statistics.ts'
import { createRetryBudget } from '../../../../electron/agent/routing/retry-budget.ts'
import { verdictOn } from '../../../../electron/agent/routing/retry-rules.ts'
import type { CreatePolicy } from './policy.ts'

interface Peer {
  tier: number
  own: boolean
  key: string
}

export const ours: CreatePolicy = ({ peers, random, now }) => {
  const clock = { now, monotonic: now, after: () => () => undefined }
  const balancer = createBalancer({ random })
  const statistics = createNodeStatistics({ clock })
  const budget = createRetryBudget({ clock })
  const all: Peer[] = Array.from({ length: peers }, (_, peer) => ({ tier: 0, own: false, key: String(peer) }))
  const load: LoadOf<Peer> = {
    cost: ({ key }) => statistics.cost(key, null),
    underWay: ({ key }) => statistics.underWay(key),
    distance: () => null,
    isFailing: ({ key }) => statistics.isFailing(key),
  }
  return {
    begin() {
      budget.deposit()
      let left = all
      let asked = ''
      return {
        next() {
          const place = balancer.pick(left, null, 'thing', load)
          const peer = left[place]
          if (peer === undefined) return null
          left = left.toSpliced(place, 1)
          asked = peer.key
          statistics.began(asked)
          return Number(asked)
        },
        answered(status, ms) {
          const verdict = verdictOn(status, {})
          statistics.heard(asked, ms)
          if (verdict === 'good') statistics.answered(asked, ms)
          else statistics.failed(asked, ms)
          statistics.ended(asked)
          const refused = verdict === 'refused' || verdict === 'refused unseen'
          return refused && left.length > 0 && budget.withdraw()
        },
      }
    },
  }
}
