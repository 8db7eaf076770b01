/** Options that say what peers may take of a capability or service, and the text that shows it. */
import type { Command } from 'commander'
import { FcnError } from '../agent/errors.ts'
import { type CapabilityLimits, defaultLimits } from '../contract/routing.ts'
import { byteCountOrNone, byteText, countUpTo } from './argument.ts'
import { aligned } from './table.ts'

export interface LimitOptions {
  concurrent?: number
  perPeer?: number
  queue?: number
  bandwidth?: number | 'none'
  usual?: true
}

const most = 1024

/** `prefix` is put before what each option says, where a command has others beside them. */
export function addLimitOptions(command: Command, prefix = ''): Command {
  return command
    .option('--concurrent <count>', `${prefix}requests served at once`, countUpTo(most))
    .option('--per-peer <count>', `${prefix}of these for one peer`, countUpTo(most))
    .option('--queue <count>', `${prefix}requests that wait for a place; more are refused`, countUpTo(most, 0))
    .option('--bandwidth <bytes>', `${prefix}a second to and from one peer, e.g. 5MB; none for no limit`, byteCountOrNone(1024, 2 ** 40))
    .option('--usual', 'as they are where nothing was chosen')
}

/** The limits that were named; null takes all back, undefined: none was. Throws `usage`. */
export function limitsFrom({ concurrent, perPeer, queue, bandwidth, usual }: LimitOptions): Partial<CapabilityLimits> | null | undefined {
  const named = {
    ...(concurrent !== undefined && { concurrent }),
    ...(perPeer !== undefined && { concurrentPerPeer: perPeer }),
    ...(queue !== undefined && { queue }),
    ...(bandwidth !== undefined && { bandwidthPerPeer: bandwidth === 'none' ? null : bandwidth }),
  }
  const isAny = Object.keys(named).length > 0
  if (usual && isAny) throw new FcnError('usage', 'Either the usual limits, or these.', { action: 'See the help of the command.' })
  if (usual) return null
  return isAny ? named : undefined
}

/** Each limit by the name of its option, with the value that the option takes. */
export function limitsText({ concurrent, concurrentPerPeer, queue, bandwidthPerPeer }: CapabilityLimits): string {
  const bandwidth = (bytes: number | null) => (bytes === null ? 'none' : byteText(bytes))
  const usually = (is: string, usual: string) => (is === usual ? '' : `(usually ${usual})`)
  const line = (name: string, is: string, usual: string, meaning: string) => [name, is, meaning, usually(is, usual)]
  return aligned([
    line('concurrent', String(concurrent), String(defaultLimits.concurrent), 'requests served at once'),
    line('per-peer', String(concurrentPerPeer), String(defaultLimits.concurrentPerPeer), 'of these for one peer'),
    line('queue', String(queue), String(defaultLimits.queue), 'requests that wait for a place'),
    line('bandwidth', bandwidth(bandwidthPerPeer), bandwidth(defaultLimits.bandwidthPerPeer), 'a second to and from one peer'),
  ])
}
