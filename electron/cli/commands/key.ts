import { Argument, type Command } from 'commander'
import type { OpenSession } from '../session.ts'

export function addKeyCommands(program: Command, open: OpenSession): void {
  const show = async () => {
    const { client, output } = open()
    const shown = await client.call('key.show', {})
    output.result(shown, shown.key)
  }

  const key = program
    .command('key')
    .addArgument(new Argument('[command]', 'shows the key without one').choices(['show', 'rotate']))
    .summary('show or replace the API key')
    .description('Shows or replaces the key that old nodes and scripts send as X-API-Key.')
    .addHelpText('after', '\nExamples:\n  curl -H "X-API-Key: $(fcn key)" http://127.0.0.1:3000/api/mesh/nodes\n  fcn key rotate')
    .action(show)

  key.command('show').description('Prints the key.').action(show)

  key
    .command('rotate')
    .description('Makes a new key and prints it; the old one stops working at once.')
    .action(async () => {
      const { client, output } = open()
      const made = await client.call('key.rotate', {})
      output.note('The old key has stopped working. The new one:')
      output.result(made, made.key)
    })
}
