import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import { capabilityName, capabilityNames } from '../../contract/capability.ts'
import type { CapabilityView } from '../../contract/snapshot.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'

export function addCapabilityCommand(program: Command, open: OpenSession): void {
  program
    .command('capability')
    .addArgument(new Argument('[name]', 'which one; list shows all five').choices(['list', ...capabilityNames]))
    .addArgument(new Argument('[switch]', 'offer it, or stop').choices(['on', 'off']))
    .option('--backend <url>', 'URL of the program behind it, e.g. http://127.0.0.1:11434 for Ollama')
    .summary('what this node offers')
    .description('Shows the five capabilities of this node, or switches one on or off.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn capability\n  fcn capability ai on --backend http://127.0.0.1:11434\n  fcn capability storage off',
    )
    .action(async (name: string | undefined, state: 'on' | 'off' | undefined, { backend }: { backend?: string }) => {
      const { client, output } = open()
      const chosen = name === 'list' ? undefined : capabilityName.optional().parse(name)
      if (!chosen && (state || backend !== undefined))
        throw new FcnError('usage', 'Say which capability.', { action: 'See: fcn capability --help' })
      if (chosen && (state || backend !== undefined)) {
        const view = await client.call('capability.set', {
          name: chosen,
          ...(state === undefined ? {} : { enabled: state === 'on' }),
          ...(backend === undefined ? {} : { backend }),
        })
        return output.result(view, capabilityText([view]))
      }
      const all = await client.call('capability.list', {})
      if (!chosen) return output.result(all, capabilityText(all))
      const only = all.filter((view) => view.name === chosen)
      output.result(only[0], capabilityText(only))
    })
}

function capabilityText(views: readonly CapabilityView[]): string {
  const rows = views.map(({ name, state, backend, detail, problem }) => [name, state, backend ?? '-', problem?.message ?? detail ?? ''])
  return table(['name', 'state', 'backend', 'detail'], rows)
}
