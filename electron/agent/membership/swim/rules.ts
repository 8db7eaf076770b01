/**
 * The numbers of the protocol. Times are ms. Sources: SWIM (Das, Gupta, Motivala, DSN 2002), Lifeguard (Dadgar,
 * Phillips, Currey, 2017), and measurements with the simulator. N is the number of members online or suspect.
 */
export interface SwimRules {
  /** Above this many members each probes one at a time; up to it everybody asks everybody. More: traffic grows with N² while somebody is silent. */
  readonly smallMesh: number
  /**
   * In a small mesh, longest time that a buddy (state/buddies.ts) is not heard before it is asked. Longer: quieter, slower to
   * notice.
   */
  readonly smallMeshInterval: number
  /**
   * So many of these intervals may a deputy be silent, and anybody else. More for deputies: slower to notice that two fell
   * silent at once. The others' keeps connections alive and round trips known.
   */
  readonly smallMeshTurns: { readonly deputy: number; readonly other: number }
  /** Pause between two probes in a larger mesh (T' of SWIM). Longer: quieter, slower to notice by as much. */
  readonly probeInterval: number
  /** When a probe pings, counted from its begin; times the local health factor. More: robust against loss, busier when there is some. */
  readonly pingsAt: readonly number[]
  /** When a probe asks `helpers` others to ping, from its begin; times the local health factor. */
  readonly helpersAt: readonly number[]
  /** Helpers per entry of `helpersAt` (k of SWIM). More: fewer false suspicions. */
  readonly helpers: number
  /** A probe without an answer fails after this; times the local health factor. */
  readonly probeTimeout: number
  /** A helper that got no answer says so after this, in time for its asker to know that the helper is well. */
  readonly helperTimeout: number
  /** Greatest score of the local health (S of Lifeguard); waits are multiplied by up to this plus one. 0 switches it off. */
  readonly healthMax: number
  /** Least time to refute is `suspicionUnit · max(1, log10 N)`. Longer: fewer false verdicts, later true ones. */
  readonly suspicionUnit: number
  /** The same when our own connections were refused: the machine is there and says that the program is not. */
  readonly refusedUnit: number
  /** Time to refute with one accuser, in least times (β of Lifeguard). 1 makes it fixed, as in plain SWIM. */
  readonly suspicionSpread: number
  /** Independent accusers that bring it down to the least (K of Lifeguard). */
  readonly confirmations: number
  /**
   * A rumour is told `⌈ln N⌉ + retransmit` times by everybody: then it misses nobody with a probability of
   * exp(-exp(-retransmit)), whatever N (Kermarrec, Massoulié, Ganesh, 2003). More: surer, and as much more traffic.
   */
  readonly retransmit: number
  /** Pause between two rounds of gossip while there is news; nothing is sent when there is none. */
  readonly gossipInterval: number
  /** News that comes after a quiet time waits this long for more to share a message with. */
  readonly freshDelay: number
  /** Members told per round of gossip. */
  readonly fanout: number
  /** Characters of JSON of the largest gossiping message: fits a packet of 1500 bytes with TLS and IPv6. */
  readonly messageSize: number
  /** Rumours waiting to be told. */
  readonly queueSize: number
  /** An accusation older than this is not passed on: it was refuted or came true. */
  readonly accusationLife: number
  /** Pause between full syncs while tables are equal (some 100 bytes each), ±20%. */
  readonly syncInterval: number
  /** The first pause after the start, and after a sync that found differences; doubles to `syncInterval`. */
  readonly hurriedSync: number
  /** Pause between attempts to reach a member believed offline, one of them at a time. Shorter: partitions heal sooner. */
  readonly healInterval: number
  /** Members told per sync that its other side believes them offline. */
  readonly noticesPerSync: number
  /** A timer later than this means that we were not running: what we missed proves nothing about others. */
  readonly lateAfter: number
  /** Not running for longer, or a wall clock that jumps by more, counts as sleep: everybody is verified. */
  readonly sleptAfter: number
  /** Members verified by direct pings after a sleep; the others by the sync with those that answer. */
  readonly verifiedAtOnce: number
  /** Whether a verdict needs an own failed probe. False in plain SWIM. */
  readonly ownEvidence: boolean
  /** Whether a suspect is told so in every ping (buddy notice of Lifeguard). */
  readonly buddyNotice: boolean
  /** Whether the verdicts of others are believed. True in plain SWIM. */
  readonly believeVerdicts: boolean
}

export const swimRules: SwimRules = {
  smallMesh: 16,
  smallMeshInterval: 2_000,
  smallMeshTurns: { deputy: 2, other: 60 },
  probeInterval: 1_000,
  pingsAt: [0, 250, 500],
  helpersAt: [500, 700],
  helpers: 3,
  probeTimeout: 1_000,
  helperTimeout: 250,
  healthMax: 8,
  suspicionUnit: 1_400,
  refusedUnit: 700,
  suspicionSpread: 3,
  confirmations: 3,
  retransmit: 8,
  gossipInterval: 50,
  freshDelay: 10,
  fanout: 3,
  messageSize: 1_400,
  queueSize: 1_024,
  accusationLife: 5_000,
  syncInterval: 30_000,
  hurriedSync: 500,
  healInterval: 5_000,
  noticesPerSync: 64,
  lateAfter: 500,
  sleptAfter: 5_000,
  verifiedAtOnce: 32,
  ownEvidence: true,
  buddyNotice: true,
  believeVerdicts: false,
}

/** Limits that protect this node from a hostile or broken member. They do not change how honest ones behave. */
export const guardRules = {
  /** Messages of one peer: so many at once, and so many per second; more are dropped unread. */
  messages: { burst: 300, perSecond: 100, maxKeys: 10_000 },
  /** Questions of one peer over the reliable channel. */
  requests: { burst: 64, perSecond: 8, maxKeys: 10_000 },
  /** Answers to helpers and their askers, each a signature of ours. */
  proofs: { burst: 32, perSecond: 8, maxKeys: 1 },
  /** Refutations, each a signature of ours and a check by everybody. */
  refutations: { burst: 4, perSecond: 1, maxKeys: 1 },
  /** Probes of one member begun because it was heard though we hold it for gone; it may be heard at the speed of the network. */
  returns: { burst: 2, perSecond: 1, maxKeys: 10_000 },
  /** Things that did not hold, after which a peer is not listened to for `mutedFor` ms. */
  strikes: 3,
  mutedFor: 60_000,
  /** Signature checks under way; what comes on top is dropped and returns with the next sync. */
  checks: 256,
  /** Pings made for others at a time. */
  errands: 64,
  /** Members of one mesh, gone and removed ones included. */
  members: 10_000,
  /** Own accusers remembered per suspect, and named per accusation. */
  accusers: 4,
}

/** How many times a rumour is told by one node. */
export function tellLimit(present: number, { retransmit }: Pick<SwimRules, 'retransmit'>): number {
  return Math.ceil(Math.log(Math.max(1, present))) + retransmit
}
