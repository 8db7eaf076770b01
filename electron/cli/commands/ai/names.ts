import { Argument, type Command } from 'commander'
import { FcnError } from '../../../agent/errors.ts'
import { engineDoor } from '../../../contract/ai.ts'
import type { OpenSession } from '../../session.ts'
import { table } from '../../table.ts'
import { addressText } from './ai.ts'

const onOff = () => new Argument('<state>').choices(['on', 'off'])

/** `ai alias`, `ai port`, `ai key`: how programs on this computer ask for models. */
export function addNameCommands(group: Command, open: OpenSession): void {
  addAlias(group, open)
  group
    .command('port')
    .addArgument(new Argument('<engine>', 'whose usual port').choices(engineDoor.options))
    .addArgument(onOff())
    .description('Answers on the usual port of an engine too, so that programs need no change: 11434 of Ollama, 1234 of LM Studio.')
    .addHelpText('after', '\nExamples:\n  fcn ai port ollama on')
    .action(async (engine: string, state: string) => {
      const { client, output } = open()
      const door = engineDoor.parse(engine)
      const { doors } = await client.call('ai.get', {})
      const others = doors.flatMap((each) => (each.chosen && each.door !== door ? [each.door] : []))
      const view = await client.call('ai.set', { doors: state === 'on' ? [...others, door] : others })
      output.result(view.doors, addressText(view))
    })
  group
    .command('key')
    .addArgument(onOff())
    .description('Wants the API key for models from programs on this computer too. From other computers it always does.')
    .addHelpText('after', '\nExamples:\n  fcn ai key on\n  fcn key')
    .action(async (state: string) => {
      const { client, output } = open()
      const view = await client.call('ai.set', { needsKey: state === 'on' })
      output.result({ needsKey: view.needsKey }, addressText(view))
    })
}

function addAlias(group: Command, open: OpenSession): void {
  group
    .command('alias')
    .argument('[name]', 'a name of your own; lists them without one')
    .argument('[models...]', 'what it stands for: the first that is to be had')
    .option('--remove', 'forget the name')
    .description('Names of your own for models: a program asks for “fast”, and gets the first of its models that is to be had.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn ai alias fast llama3.2:3b qwen3:4b\n  fcn ai alias gpt-4o llama3.3:70b\n  fcn ai alias fast --remove',
    )
    .action(async (name: string | undefined, models: string[], { remove }: { remove?: true }) => {
      const { client, output } = open()
      const { aliases } = await client.call('ai.get', {})
      if (name === undefined) return output.result(aliases, aliasText(aliases))
      if (remove ? models.length > 0 : models.length === 0) {
        throw new FcnError('usage', remove ? 'A name that is forgotten stands for nothing.' : `Say which models “${name}” stands for.`, {
          action: 'See: fcn ai alias --help',
        })
      }
      const { [name]: _before, ...others } = aliases
      const view = await client.call('ai.set', { aliases: remove ? others : { ...others, [name]: models } })
      output.result(view.aliases, aliasText(view.aliases))
    })
}

const aliasText = (aliases: Readonly<Record<string, readonly string[]>>) =>
  table(
    ['name', 'stands for'],
    Object.entries(aliases).map(([name, models]) => [name, models.join(', ')]),
  ) || 'No names yet. Give one: fcn ai alias fast <model>'
