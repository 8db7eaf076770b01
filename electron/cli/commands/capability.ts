import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { CallInput } from '../../contract/calls.ts'
import { type CapabilityName, capabilityName, capabilityNames } from '../../contract/capability.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import { addConditionOptions, type ConditionOptions, conditionsFrom, conditionsText } from '../condition-options.ts'
import { addLimitOptions, type LimitOptions, limitsFrom, limitsText } from '../limit-options.ts'
import { pausedText } from '../paused-text.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'

type What = 'on' | 'off' | 'limits' | 'conditions'

interface Options extends LimitOptions, ConditionOptions {
  backend?: string
}

export function addCapabilityCommand(program: Command, open: OpenSession): void {
  const command = program
    .command('capability')
    .addArgument(new Argument('[name]', 'which one; list shows all five').choices(['list', ...capabilityNames]))
    .addArgument(
      new Argument('[what]', 'offer it, stop, what peers may take of it, or when').choices(['on', 'off', 'limits', 'conditions']),
    )
    .option('--backend <url>', 'URL of the program behind it, e.g. http://127.0.0.1:9000 for MinIO; ai finds Ollama and others by itself')
  addLimitOptions(command, 'limits: ')
  addConditionOptions(command, 'conditions: ')
    .summary('what this node offers')
    .description('Shows the five capabilities of this node, switches one on or off, or says what peers may take of it, and when.')
    .addHelpText(
      'after',
      [
        '\nExamples:\n  fcn capability\n  fcn capability ai on\n  fcn capability storage on --backend http://127.0.0.1:9000',
        '  fcn capability ai limits --concurrent 8 --per-peer 4 --queue 16 --bandwidth 5MB',
        '  fcn capability compute conditions --in-use no --idle 10min --battery no --hours 22:00-6:00 --days mon-fri',
      ].join('\n'),
    )
    .action(async (name: string | undefined, what: What | undefined, options: Options) => {
      const { client, output, now } = open()
      const chosen = name === 'list' ? undefined : capabilityName.optional().parse(name)
      const change = changeFrom(chosen, what, options)
      if ((what === 'limits' || what === 'conditions') && chosen) {
        const view = change ? await client.call('capability.set', change) : await only(chosen)
        return output.result(view, what === 'limits' ? limitsText(view.limits) : conditionsText(view.conditions))
      }
      if (change) {
        const view = await client.call('capability.set', change)
        return output.result(view, capabilityText([view], now()))
      }
      if (chosen) {
        const view = await only(chosen)
        return output.result(view, capabilityText([view], now()))
      }
      const all = await client.call('capability.list', {})
      output.result(all, capabilityText(all, now()))

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
  what: What | undefined,
  { backend, ...options }: Options,
): CallInput<'capability.set'> | null {
  const conditions = conditionsFrom(options)
  // --usual is for either
  const usual = what === 'conditions' && options.usual
  const limits = limitsFrom(usual ? { ...options, usual: undefined } : options)
  if (!name && (what || backend !== undefined)) throw usage('Say which capability.')
  if (limits !== undefined && what !== 'limits') throw usage('Say “limits” before what they shall be.')
  if (conditions !== undefined && what !== 'conditions') throw usage('Say “conditions” before what they shall be.')
  if (usual && conditions !== undefined) throw usage('Either the usual conditions, or these.')
  if (!name || (what === undefined && backend === undefined)) return null
  if (what === 'limits') {
    if (backend !== undefined) throw usage('The program behind it is no limit.')
    return limits === undefined ? null : { name, limits }
  }
  if (what === 'conditions') {
    if (backend !== undefined) throw usage('The program behind it is no condition.')
    return usual ? { name, conditions: null } : conditions === undefined ? null : { name, conditions }
  }
  return { name, ...(what === undefined ? {} : { enabled: what === 'on' }), ...(backend === undefined ? {} : { backend }) }
}

const usage = (sentence: string) => new FcnError('usage', sentence, { action: 'See: fcn capability --help' })

function capabilityText(views: readonly CapabilityView[], now: number): string {
  const rows = views.map(({ name, state, backend, detail, problem, paused }) => {
    const why = paused === null ? null : pausedText(paused, now)
    return [name, state, backend ?? '-', why ?? problem?.message ?? detail ?? '']
  })
  return table(['name', 'state', 'backend', 'detail'], rows)
}
