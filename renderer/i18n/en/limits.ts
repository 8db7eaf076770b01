/** What peers may take of a capability or service of this computer. */
export const limits = {
  title: 'Limits',
  of: 'Limits of {{name}}',
  now: '{{concurrent}} requests at once, {{perPeer}} for one peer, {{queue}} waiting; {{bandwidth}}',
  anySpeed: 'any speed',
  speedPerPeer: '{{speed}} for one peer',
  name: {
    concurrent: 'Requests at once',
    concurrentPerPeer: 'At once per peer',
    queue: 'Waiting requests',
    bandwidthPerPeer: 'Speed per peer',
  },
  help: {
    concurrent: 'Usually {{usual}}.',
    concurrentPerPeer: 'Usually {{usual}}.',
    queue: 'Usually {{usual}}; more are sent away.',
    bandwidthPerPeer: 'To and from it. Usually no limit.',
  },
  problem: {
    concurrent: 'A whole number from 1 to 1024.',
    concurrentPerPeer: 'A whole number from 1 to 1024.',
    queue: 'A whole number from 0 to 1024.',
    bandwidthPerPeer: 'At least 0.009 Mbit/s, or empty.',
    together: 'Not more than all together.',
  },
  noLimit: 'No limit',
  /** After a number. */
  speedUnit: ' Mbit/s',
  /** Toast, with Undo; of a capability, a service or the like. */
  saved: 'Limits of {{name}} changed',
  usual: 'As usual',
  ownFirst: 'They hold for peers: what runs on this computer goes first.',
} as const
