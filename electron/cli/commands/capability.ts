import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { CallInput } from '../../contract/calls.ts'
import { type CapabilityName, capabilityName, capabilityNames } from '../../contract/capability.ts'
import { type CapabilityLimits, defaultLimits } from '../../contract/routing.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import { byteCountOrNone, byteText, countUpTo } from '../argument.ts'
import type { OpenSession } from '../session.ts'
import { aligned, table } from '../table.ts'

interface Options {
  backend?: string
  concurrent?: number
  perPeer?: number
  queue?: number
  bandwidth?: number | 'none'
  usual?: true
}

const most = 1024

export function addCapabilityCommand(program: Command, open: OpenSession): void {
  program
    .command('capability')
    .addArgument(new Argument('[name]', 'which one; list shows all five').choices(['list', ...capabilityNames]))
    .addArgument(new Argument('[what]', 'offer it, stop, or what peers may take of it').choices(['on', 'off', 'limits']))
    .option('--backend <url>', 'URL of the program behind it, e.g. http://127.0.0.1:11434 for Ollama')
    .option('--concurrent <count>', 'limits: requests served at once', countUpTo(most))
    .option('--per-peer <count>', 'limits: of these for one peer', countUpTo(most))
    .option('--queue <count>', 'limits: requests that wait for a place; more are refused', countUpTo(most, 0))
    .option('--bandwidth <bytes>', 'limits: a second to and from one peer, e.g. 5MB; none for no limit', byteCountOrNone(1024, 2 ** 40))
    .option('--usual', 'limits: as they are where nothing was chosen')
    .summary('what this node offers')
    .description('Shows the five capabilities of this node, switches one on or off, or says what peers may take of it.')
    .addHelpText(
      'after',
      [
        '\nExamples:\n  fcn capability\n  fcn capability ai on --backend http://127.0.0.1:11434\n  fcn capability storage off',
        '  fcn capability ai limits --concurrent 8 --per-peer 4 --queue 16 --bandwidth 5MB',
      ].join('\n'),
    )
    .action(async (name: string | undefined, what: 'on' | 'off' | 'limits' | undefined, options: Options) => {
      const { client, output } = open()
      const chosen = name === 'list' ? undefined : capabilityName.optional().parse(name)
      const change = changeFrom(chosen, what, options)
      if (what === 'limits' && chosen) {
        const view = change ? await client.call('capability.set', change) : await only(chosen)
        return output.result(view, limitsText(view.limits))
      }
      if (change) {
        const view = await client.call('capability.set', change)
        return output.result(view, capabilityText([view]))
      }
      if (chosen) {
        const view = await only(chosen)
        return output.result(view, capabilityText([view]))
      }
      const all = await client.call('capability.list', {})
      output.result(all, capabilityText(all))

      async function only(wanted: CapabilityName): Promise<CapabilityView> {
        const view = (await client.call('capability.list', {})).find((one) => one.name === wanted)
        if (view) return view
        throw new FcnError('bad_answer', `The node does not know the capability “${wanted}”.`)
      }
    })
}

/** What to ask for; null when nothing is to be changed. Throws `usage`. */
function changeFrom(
  name: CapabilityName | undefined,
  what: 'on' | 'off' | 'limits' | undefined,
  { backend, ...options }: Options,
): CallInput<'capability.set'> | null {
  const limits = limitsFrom(options)
  if (!name && (what || backend !== undefined)) throw usage('Say which capability.')
  if (limits !== undefined && what !== 'limits') throw usage('Say “limits” before what they shall be.')
  if (!name || (what === undefined && backend === undefined)) return null
  if (what === 'limits') {
    if (backend !== undefined) throw usage('The program behind it is no limit.')
    return limits === undefined ? null : { name, limits }
  }
  return { name, ...(what === undefined ? {} : { enabled: what === 'on' }), ...(backend === undefined ? {} : { backend }) }
}

/** The limits that were named; null takes all back, undefined: none was. */
function limitsFrom({
  concurrent,
  perPeer,
  queue,
  bandwidth,
  usual,
}: Omit<Options, 'backend'>): Partial<CapabilityLimits> | null | undefined {
  const named = {
    ...(concurrent !== undefined && { concurrent }),
    ...(perPeer !== undefined && { concurrentPerPeer: perPeer }),
    ...(queue !== undefined && { queue }),
    ...(bandwidth !== undefined && { bandwidthPerPeer: bandwidth === 'none' ? null : bandwidth }),
  }
  const isAny = Object.keys(named).length > 0
  if (usual && isAny) throw usage('Either the usual limits, or these.')
  if (usual) return null
  return isAny ? named : undefined
}

const usage = (sentence: string) => new FcnError('usage', sentence, { action: 'See: fcn capability --help' })

function capabilityText(views: readonly CapabilityView[]): string {
  const rows = views.map(({ name, state, backend, detail, problem }) => [name, state, backend ?? '-', problem?.message ?? detail ?? ''])
  return table(['name', 'state', 'backend', 'detail'], rows)
}

/** Each limit by the name of its option, with the value that the option takes. */
function limitsText({ concurrent, concurrentPerPeer, queue, bandwidthPerPeer }: CapabilityLimits): string {
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
