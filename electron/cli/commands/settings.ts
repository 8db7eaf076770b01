import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import { type SettingsChange, settingsChange } from '../../contract/settings.ts'
import { portNumber } from '../argument.ts'
import type { OpenSession } from '../session.ts'
import { aligned } from '../table.ts'

const names = settingsChange.keyof().options

export function addSettingsCommands(program: Command, open: OpenSession): void {
  const group = program
    .command('settings')
    .summary('show or change settings')
    .description('Shows or changes the settings of this node.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn settings\n  fcn settings get name\n  fcn settings set port 3005\n  fcn settings set port default',
    )

  group
    .command('get', { isDefault: true })
    .addArgument(new Argument('[name]', 'which one; all without it').choices(names))
    .description('Shows all settings, or one.')
    .action(async (name: keyof SettingsChange | undefined) => {
      const { client, output } = open()
      const settings = await client.call('settings.get', {})
      if (name === undefined) {
        return output.result(settings, aligned(names.map((each) => [each, String(settings[each] ?? 'default')])))
      }
      output.result({ [name]: settings[name] ?? null }, String(settings[name] ?? 'default'))
    })

  group
    .command('set')
    .addArgument(new Argument('<name>', 'which one').choices(names))
    .argument('<value>', 'the new value; default takes a port or host back')
    .description('Changes a setting.')
    .action(async (name: keyof SettingsChange, value: string) => {
      const { client, output } = open()
      const answer = await client.call('settings.update', settingsFrom(name, value))
      const later = answer.restartNeeded ? ' It takes effect when the node is started again.' : ''
      output.result(answer, `${name} is ${answer.settings[name] ?? 'default'} now.${later}`)
    })
}

function settingsFrom(name: keyof SettingsChange, value: string): SettingsChange {
  const clearable = name === 'port' || name === 'host'
  const typed = clearable && value === 'default' ? null : name === 'port' ? portNumber(value) : value
  const result = settingsChange.safeParse({ [name]: typed })
  if (result.success) return result.data
  throw new FcnError('invalid_input', `This cannot be the ${name}: ${result.error.issues.map(({ message }) => message).join('; ')}.`)
}
