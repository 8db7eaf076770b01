/** What may happen to a simulated mesh. Scenarios are data: the world carries them out, with a seed for every choice. */
import type { Conditions } from './network.ts'

/** Which nodes: a count, or a part of those that run. `down` means those that do not. */
export interface Choice {
  count?: number
  part?: number
}

export type Fault = { at: number } & (
  | { kind: 'partition'; part: number }
  | { kind: 'heal' }
  /** The process dies, its machine refuses connections. */
  | ({ kind: 'kill' } & Choice)
  /** The cable is pulled: nothing comes back, ever. */
  | ({ kind: 'silence' } & Choice)
  /** Everybody who is down comes back, with the disk it had. */
  | { kind: 'restart' }
  /** Stops in good order. */
  | ({ kind: 'stop' } & Choice)
  | ({ kind: 'leave' } & Choice)
  | ({ kind: 'remove' } & Choice)
  /** Those removed get a new admission. */
  | { kind: 'readmit' }
  /** Stands still for `seconds`; with `asleep` what arrives meanwhile is lost. */
  | ({ kind: 'pause'; seconds: number; asleep?: true } & Choice)
  /** The wall clock is set forward, or back. */
  | ({ kind: 'clock'; seconds: number } & Choice)
  /** This many random links work in one direction only. */
  | { kind: 'one-way'; links: number }
  /** Receives nothing, but sends. */
  | ({ kind: 'deafen' } & Choice)
  | { kind: 'mend' }
  | { kind: 'conditions'; change: Partial<Conditions> }
  | ({ kind: 'change' } & Choice)
  | { kind: 'join'; count: number }
  /** The operating system says that there is no network, and for `seconds` there is none. */
  | ({ kind: 'offline'; seconds: number } & Choice)
  /** Turns a member hostile: replays, floods and lies, ten times a second. */
  | ({ kind: 'corrupt' } & Choice)
)

/** Scenarios of one theme run in one worker. */
export type Theme = 'growth' | 'loss' | 'network' | 'machine'

export interface Scenario {
  about: string
  theme: Theme
  /** Virtual seconds; 36 at least after the last fault, so that a full sync finds what gossip missed. */
  seconds: number
  conditions?: Partial<Conditions>
  /** Nobody knows anybody but the first node at the start. */
  cold?: true
  /** At the start this part and the rest have long been cut off from each other, and hold each other for gone. */
  apart?: number
  /** Verdicts against members that were there all the time are counted, not forbidden. */
  lossy?: true
  faults: readonly Fault[]
}

/** A machine here and there dies and comes back. */
const churn: Fault[] = Array.from({ length: 5 }, (_, index): Fault[] => [
  { at: 5 + 6 * index, kind: index % 2 === 0 ? 'kill' : 'silence', count: 2 },
  { at: 8 + 6 * index, kind: 'restart' },
  { at: 6 + 6 * index, kind: 'change', count: 1 },
]).flat()

export const scenarios = {
  quiet: { about: 'Nothing happens.', theme: 'growth', seconds: 40, faults: [] },
  join: { about: 'Everybody joins through the first node within two seconds.', theme: 'growth', seconds: 30, cold: true, faults: [] },
  change: {
    about: 'Records change.',
    theme: 'growth',
    seconds: 50,
    faults: [
      { at: 5, kind: 'change', count: 1 },
      { at: 10, kind: 'change', part: 0.5 },
    ],
  },
  kill: { about: 'A process dies.', theme: 'loss', seconds: 40, faults: [{ at: 5, kind: 'kill', count: 1 }] },
  silence: { about: 'A cable is pulled.', theme: 'loss', seconds: 60, faults: [{ at: 5, kind: 'silence', count: 1 }] },
  massacre: {
    about: 'Half of the nodes go silent at once and come back.',
    theme: 'loss',
    seconds: 70,
    faults: [
      { at: 5, kind: 'silence', part: 0.5 },
      { at: 45, kind: 'restart' },
    ],
  },
  restart: {
    about: 'Processes die and start again at once.',
    theme: 'loss',
    seconds: 60,
    faults: [
      { at: 5, kind: 'kill', count: 3 },
      { at: 5.5, kind: 'restart' },
      { at: 15, kind: 'kill', count: 3 },
      { at: 25, kind: 'restart' },
    ],
  },
  churn: { about: 'Nodes die and come back all the time.', theme: 'loss', seconds: 75, faults: churn },
  growth: {
    about: 'New members join one after the other.',
    theme: 'growth',
    seconds: 60,
    faults: [5, 6, 7, 8, 15].map((at): Fault => ({ at, kind: 'join', count: 2 })),
  },
  partition: {
    about: 'One half is cut off and comes back.',
    theme: 'network',
    seconds: 75,
    faults: [
      { at: 5, kind: 'partition', part: 0.5 },
      { at: 45, kind: 'heal' },
    ],
  },
  reunion: {
    about: 'Two halves that held each other for gone meet.',
    theme: 'network',
    seconds: 45,
    apart: 0.5,
    faults: [{ at: 5, kind: 'heal' }],
  },
  blink: {
    about: 'The network falls apart again and again, for a moment.',
    theme: 'network',
    seconds: 60,
    faults: [5, 15, 25].flatMap((at): Fault[] => [
      { at, kind: 'partition', part: 0.3 },
      { at: at + 2, kind: 'heal' },
    ]),
  },
  'one-way': {
    about: 'Some links work in one direction only.',
    theme: 'network',
    seconds: 90,
    faults: [
      { at: 5, kind: 'one-way', links: 3 },
      { at: 70, kind: 'mend' },
    ],
  },
  deaf: {
    about: 'One node sends but receives nothing.',
    theme: 'network',
    seconds: 100,
    faults: [
      { at: 5, kind: 'deafen', count: 1 },
      { at: 45, kind: 'mend' },
    ],
  },
  pause: {
    about: 'A node stands still for 30 s and finds what arrived meanwhile.',
    theme: 'machine',
    seconds: 90,
    faults: [
      { at: 5, kind: 'pause', seconds: 30, count: 1 },
      { at: 45, kind: 'pause', seconds: 2, part: 0.2 },
    ],
  },
  sleep: {
    about: 'Lids are closed and opened.',
    theme: 'machine',
    seconds: 120,
    faults: [
      { at: 5, kind: 'pause', seconds: 30, asleep: true, count: 3 },
      { at: 50, kind: 'pause', seconds: 4, asleep: true, count: 3 },
    ],
  },
  clock: {
    about: 'Clocks jump by an hour in both directions.',
    theme: 'machine',
    seconds: 60,
    faults: [
      { at: 5, kind: 'clock', seconds: 3600, count: 2 },
      { at: 10, kind: 'clock', seconds: -3600, count: 2 },
      { at: 15, kind: 'kill', count: 1 },
      { at: 25, kind: 'restart' },
    ],
  },
  offline: {
    about: 'Machines are without a network for a while, and know it.',
    theme: 'network',
    seconds: 90,
    faults: [{ at: 5, kind: 'offline', seconds: 30, count: 3 }],
  },
  leave: {
    about: 'Members stop in good order, or leave for good.',
    theme: 'loss',
    seconds: 60,
    faults: [
      { at: 5, kind: 'stop', count: 2 },
      { at: 10, kind: 'leave', count: 2 },
      { at: 20, kind: 'restart' },
    ],
  },
  removal: {
    about: 'Members are removed, during a partition too, and one is admitted again.',
    theme: 'loss',
    seconds: 105,
    faults: [
      { at: 5, kind: 'remove', count: 2 },
      { at: 15, kind: 'partition', part: 0.4 },
      { at: 25, kind: 'remove', count: 1 },
      { at: 40, kind: 'heal' },
      { at: 60, kind: 'readmit' },
    ],
  },
  lossy: {
    about: 'One message in ten is lost.',
    theme: 'network',
    seconds: 90,
    conditions: { loss: 0.1 },
    faults: [
      { at: 20, kind: 'change', count: 2 },
      { at: 30, kind: 'silence', count: 1 },
    ],
  },
  storm: {
    about: 'One message in three is lost.',
    theme: 'network',
    seconds: 75,
    conditions: { loss: 0.3 },
    lossy: true,
    faults: [
      { at: 10, kind: 'change', count: 2 },
      { at: 15, kind: 'silence', count: 1 },
      { at: 50, kind: 'conditions', change: { loss: 0 } },
    ],
  },
  muddle: {
    about: 'A slow network that doubles and reorders.',
    theme: 'network',
    seconds: 90,
    conditions: { delay: 40, spread: 0.8, duplicate: 0.2, loss: 0.02 },
    faults: [
      { at: 20, kind: 'change', part: 0.2 },
      { at: 30, kind: 'kill', count: 1 },
      { at: 40, kind: 'silence', count: 1 },
    ],
  },
  hostile: {
    about: 'A member replays, floods and lies about others.',
    theme: 'machine',
    seconds: 70,
    faults: [
      { at: 2, kind: 'corrupt', count: 1 },
      { at: 15, kind: 'silence', count: 1 },
      { at: 20, kind: 'change', count: 1 },
      { at: 25, kind: 'remove', count: 1 },
    ],
  },
} satisfies Record<string, Scenario>
