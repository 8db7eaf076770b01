/**
 * What this node has seen of each node for each thing: latency, work under way, failures. Kept per thing, because the
 * same machine may be quick with files and slow with models. In memory only: after a start everybody gets a fresh chance.
 */
import type { Clock } from '../support/clock.ts'

/** The latency that is remembered falls by a factor of e in this time, ms (Finagle's peak EWMA uses the same). */
export const decay = 10_000
/** Assumed where nothing was measured, ms: worse than a home network, so that known good nodes go first, yet each gets its chance. */
const unknownLatency = 20
/** A failure counts as an answer that took so long at least, ms: else a node that fails fast would draw all requests to itself. */
const failureLatency = 1_000

/** So many failures in a row eject a node … */
const failuresInRow = 5
/** … and so does this share of failures, once there were so many requests within `decay`. */
const failureShare = 0.6
const enoughRequests = 10
/** How long an ejected node is left alone at first, and at most, ms; twice as long each time (Envoy's outlier detection grows, too). */
const firstEjection = 1_000
const longestEjection = 60_000

/** Records kept; what was used longest ago gives way. */
const maxRecords = 4_096

interface Record {
  outstanding: number
  /** Of these, how many have no head of an answer yet, and the sum of the times they began at. */
  unheard: number
  unheardSince: number
  /** Peak EWMA of the time to the head of an answer, ms; null before the first. */
  latency: number | null
  at: number
  inRow: number
  /** Decaying counts. */
  requests: number
  failures: number
  ejections: number
  ejectedUntil: number
  /** An ejected node is being tried with one request. */
  probing: boolean
}

export interface NodeStatistics {
  /** A request goes there. */
  began(key: string): void
  /** Its answer has begun, or none will come: it waits no more. `ms` since it began; call it once for each `began`. */
  heard(key: string, ms: number): void
  /** It has ended, however; call it once for each `began`, after `heard`. */
  ended(key: string): void
  /** The head of a good answer came after so many ms. */
  answered(key: string, ms: number): void
  /** It could not serve. */
  failed(key: string, ms: number): void
  underWay(key: string): number
  /** What a request there would cost: latency × the requests that wait, the new one included. `path` is the latency of the way, if known. */
  cost(key: string, path: number | null): number
  /** It failed so often that it is left alone now. When its time is over one request may try it (half open). */
  isFailing(key: string): boolean
}

/** The key of a node's record for one thing. */
export const statisticsKey = (node: string, thing: string): string => `${node} ${thing}`

export function createNodeStatistics({ clock }: { clock: Clock }): NodeStatistics {
  const records = new Map<string, Record>()

  const recordOf = (key: string): Record => {
    const known = records.get(key)
    if (known !== undefined) return known
    const fresh = {
      ...{ outstanding: 0, unheard: 0, unheardSince: 0, latency: null, at: clock.monotonic(), inRow: 0, requests: 0, failures: 0 },
      ...{ ejections: 0, ejectedUntil: 0, probing: false },
    }
    records.set(key, fresh)
    if (records.size > maxRecords) forgetOne(records)
    return fresh
  }

  /** A peak is believed at once, a better time slowly ("peak EWMA": Finagle; Beyond round robin, Twitter 2017). */
  const observe = (record: Record, ms: number, failed: boolean) => {
    const now = clock.monotonic()
    const weight = Math.exp((record.at - now) / decay)
    record.at = now
    record.latency = record.latency === null || ms > record.latency ? ms : record.latency * weight + ms * (1 - weight)
    record.requests = record.requests * weight + 1
    record.failures = record.failures * weight + (failed ? 1 : 0)
  }

  const eject = (record: Record) => {
    const now = clock.monotonic()
    if (record.ejectedUntil > now) return
    record.ejectedUntil = now + Math.min(longestEjection, firstEjection * 2 ** record.ejections)
    record.ejections++
    record.probing = false
  }

  return {
    began(key) {
      const record = recordOf(key)
      record.outstanding++
      record.unheard++
      record.unheardSince += clock.monotonic()
      if (record.ejectedUntil > 0) record.probing = true
    },
    heard(key, ms) {
      const record = records.get(key)
      if (record === undefined || record.unheard === 0) return
      record.unheard--
      record.unheardSince = record.unheard === 0 ? 0 : record.unheardSince - (clock.monotonic() - ms)
    },
    ended(key) {
      const record = records.get(key)
      if (record === undefined) return
      record.outstanding = Math.max(0, record.outstanding - 1)
      if (record.outstanding === 0) record.probing = false
    },
    answered(key, ms) {
      const record = recordOf(key)
      observe(record, ms, false)
      record.inRow = 0
      // what was under way when it was ejected proves nothing: only the trial brings it back
      if (record.ejectedUntil === 0 || clock.monotonic() < record.ejectedUntil) return
      record.ejectedUntil = 0
      record.probing = false
      record.failures = 0
      record.ejections = Math.max(0, record.ejections - 1)
    },
    failed(key, ms) {
      const record = recordOf(key)
      observe(record, Math.max(ms, failureLatency), true)
      record.inRow++
      const often = record.requests >= enoughRequests && record.failures / record.requests >= failureShare
      if (record.ejectedUntil > 0 || record.inRow >= failuresInRow || often) eject(record)
    },
    underWay: (key) => records.get(key)?.outstanding ?? 0,
    cost(key, path) {
      const record = records.get(key)
      if (record === undefined) return (path ?? unknownLatency) + 1
      const now = clock.monotonic()
      // what is not asked is forgiven little by little, down to what the way itself takes
      const seen = record.latency === null ? null : record.latency * Math.exp((record.at - now) / decay)
      // those that wait have waited so long already, which is news before any answer is
      const waited = record.unheard === 0 ? 0 : now - record.unheardSince / record.unheard
      const latency = Math.max(seen ?? path ?? unknownLatency, path ?? 0, waited)
      return (latency + 1) * (record.outstanding + 1)
    },
    isFailing(key) {
      const record = records.get(key)
      if (record === undefined || record.ejectedUntil === 0) return false
      return record.probing || clock.monotonic() < record.ejectedUntil
    },
  }
}

/** The oldest record without work under way. */
function forgetOne(records: Map<string, Record>): void {
  for (const [key, { outstanding }] of records) {
    if (outstanding > 0) continue
    records.delete(key)
    return
  }
}
