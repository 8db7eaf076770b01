import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { CallInput } from '../../contract/calls.ts'
import { type CapabilityName, capabilityName, capabilityNames } from '../../contract/capability.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import { addLimitOptions, type LimitOptions, limitsFrom, limitsText } from '../limit-options.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'

interface Options extends LimitOptions {
  backend?: string
}

export function addCapabilityCommand(program: Command, open: OpenSession): void {
  const command = program
    .command('capability')
    .addArgument(new Argument('[name]', 'which one; list shows all five').choices(['list', ...capabilityNames]))
    .addArgument(new Argument('[what]', 'offer it, stop, or what peers may take of it').choices(['on', 'off', 'limits']))
    .option('--backend <url>', 'URL of the program behind it, e.g. http://127.0.0.1:11434 for Ollama')
  addLimitOptions(command, 'limits: ')
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

const usage = (sentence: string) => new FcnError('usage', sentence, { action: 'See: fcn capability --help' })

function capabilityText(views: readonly CapabilityView[]): string {
  const rows = views.map(({ name, state, backend, detail, problem }) => [name, state, backend ?? '-', problem?.message ?? detail ?? ''])
  return table(['name', 'state', 'backend', 'detail'], rows)
}
