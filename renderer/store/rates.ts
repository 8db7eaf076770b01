import { useTranslation } from 'react-i18next'
import type { RateView } from '../../electron/contract/routing.ts'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import { useFormat } from '../i18n/use-format.ts'

/** Ways between this node and these peers on which something moves, in an order that does not depend on how much: lines do not jump. */
export const ratesWith = ({ rates }: Pick<Snapshot, 'rates'>, isPeer: (id: string) => boolean): RateView[] =>
  Object.values(rates)
    .filter(({ peer }) => isPeer(peer.id))
    .toSorted((a, b) => a.peer.name.localeCompare(b.peer.name) || (a.id < b.id ? -1 : 1))

export type Rate = Pick<RateView, 'requestsPerSecond' | 'bytesPerSecond' | 'underWay'>

/** All that moves between this node and a peer, whatever for and whoever asks. */
export function rateWith({ rates }: Pick<Snapshot, 'rates'>, peer: string): Rate {
  const sum = { requestsPerSecond: 0, bytesPerSecond: 0, underWay: 0 }
  for (const rate of Object.values(rates)) {
    if (rate.peer.id !== peer) continue
    sum.requestsPerSecond += rate.requestsPerSecond
    sum.bytesPerSecond += rate.bytesPerSecond
    sum.underWay += rate.underWay
  }
  return sum
}

/** What this node uses of a peer right now: names of capabilities. */
export const usedOf = ({ rates }: Pick<Snapshot, 'rates'>, peer: string): string[] =>
  Object.values(rates).flatMap((rate) =>
    rate.peer.id === peer && rate.direction === 'to' && rate.what !== 'services' && isBusy(rate) ? [rate.what] : [],
  )

export const isBusy = ({ requestsPerSecond, bytesPerSecond, underWay }: Rate): boolean => requestsPerSecond + bytesPerSecond + underWay > 0

/** Least that is worth a number: below, only that something is under way is said. */
const leastRequests = 0.1
const leastBytes = 1_000

/** A rate in words: "3 requests/s · 2 MB/s"; where there is little room only the bytes when there are some. */
export function useRateText({ short = false } = {}): (rate: Rate) => string {
  const { t } = useTranslation('routed')
  const format = useFormat()
  return ({ requestsPerSecond, bytesPerSecond, underWay }) => {
    const requests =
      requestsPerSecond >= leastRequests ? t('requestRate', { count: requestsPerSecond, rate: format.number(requestsPerSecond) }) : ''
    const bytes = bytesPerSecond >= leastBytes ? t('byteRate', { amount: format.bytes(bytesPerSecond) }) : ''
    const shown = short && bytes !== '' ? [bytes] : [requests, bytes]
    return shown.filter(Boolean).join(' · ') || t('underWay', { count: underWay })
  }
}
