import { Argument, type Command } from 'commander'
import type { AutostartView } from '../../contract/autostart.ts'
import type { OpenSession } from '../session.ts'

/** Starting with the system: `autostart`, `autostart on`, `autostart off`. */
export function addAutostartCommand(program: Command, open: OpenSession): void {
  program
    .command('autostart')
    .addArgument(new Argument('[state]', 'shows it without one').choices(['on', 'off']))
    .summary('whether the system starts this node')
    .description(
      'Shows whether the system starts this node when its user logs in, as the system has it now, and switches that on or off. Where the program cannot do it itself, shows what to write and run.',
    )
    .addHelpText('after', '\nExamples:\n  fcn autostart\n  fcn autostart on\n  fcn autostart --json | jq -r .recipe.text')
    .action(async (state: 'on' | 'off' | undefined) => {
      const { client, output } = open()
      const view =
        state === undefined ? await client.call('autostart.get', {}) : await client.call('autostart.set', { enabled: state === 'on' })
      output.result(view, autostartText(view))
    })
}

function autostartText({ supported, enabled, why, recipe }: AutostartView): string {
  if (supported) {
    const state = enabled ? 'The system starts this node when you log in.' : 'The system does not start this node.'
    return [state, why].filter((line) => line !== null).join('\n')
  }
  const file = recipe === null || recipe.text === null ? [] : [`\nWrite this to ${recipe.file ?? ''}:\n`, recipe.text.trimEnd()]
  const run = recipe === null ? [] : ['\nThen run:\n', ...recipe.commands.map((command) => `  ${command}`)]
  return [why ?? 'This program cannot have itself started by the system.', ...file, ...run].join('\n')
}
