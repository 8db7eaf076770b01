import { Argument, type Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import { type SettingsChange, settingsChange } from '../../contract/settings.ts'
import { agreed } from '../agreement.ts'
import { portNumber } from '../argument.ts'
import type { OpenSession, Session } from '../session.ts'
import { aligned } from '../table.ts'

const names = settingsChange.keyof().options

export function addSettingsCommands(program: Command, open: OpenSession): void {
  const group = program
    .command('settings')
    .summary('show or change settings')
    .description('Shows or changes the settings of this node.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn settings\n  fcn settings get name\n  fcn settings set port 3005\n  fcn settings set port default\n  fcn settings set encryptedPeersOnly on\n  fcn settings set portMapping on --yes',
    )

  group
    .command('get', { isDefault: true })
    .addArgument(new Argument('[name]', 'which one; all without it').choices(names))
    .description('Shows all settings, or one.')
    .action(async (name: SettingName | undefined) => {
      const { client, output } = open()
      const settings = await client.call('settings.get', {})
      if (name === undefined) {
        return output.result(settings, aligned(names.map((each) => [each, shown(settings[each])])))
      }
      output.result({ [name]: settings[name] ?? null }, shown(settings[name]))
    })

  group
    .command('set')
    .addArgument(new Argument('<name>', 'which one').choices(names))
    .argument('<value>', 'the new value, a list with commas; default takes a port, a host or a list back')
    .option('--yes', 'go on without a question where there is one (portMapping)')
    .description('Changes a setting.')
    .action(async (name: SettingName, value: string, { yes }: { yes?: boolean }) => {
      const session = open()
      const { client, output } = session
      const change = settingsFrom(name, value)
      if (change.portMapping === true) await agreeToMapping(session, yes)
      const answer = await client.call('settings.update', change)
      if (change.encryptedPeersOnly === true) await noteLostPeers(session)
      const later = answer.restartNeeded ? ' It takes effect when the node is started again.' : ''
      output.result(answer, `${name} is ${shown(answer.settings[name])} now.${later}`)
    })
}

/** Whoever opens the router to the internet knows that, in the words of the page. */
async function agreeToMapping(session: Session, yes: boolean | undefined): Promise<void> {
  const { port } = await session.client.call('node.get', {})
  const consequence =
    `Your router will be asked to let the internet reach port ${port} of this computer. ` +
    'Anyone can then knock; only members with the right key get in. Members are told your address on the internet.'
  if (yes === true) session.output.note(consequence)
  await agreed(session, { consequence, question: 'Ask the router?', yes })
}

/** Legacy peers speak plain HTTP only. */
async function noteLostPeers({ client, output }: Session): Promise<void> {
  const lost = (await client.call('peer.list', {})).filter(({ kind }) => kind === 'legacy').map(({ name }) => name)
  if (lost.length > 0) output.note(`These old nodes are neither asked nor answered any more: ${lost.join(', ')}.`)
}

type SettingName = keyof SettingsChange

const switches: Record<string, boolean> = { on: true, yes: true, true: true, off: false, no: false, false: false }

function settingsFrom(name: SettingName, value: string): SettingsChange {
  const result = settingsChange.safeParse({ [name]: typed(name, value) })
  if (result.success) return result.data
  throw new FcnError('invalid_input', `This cannot be the ${name}: ${result.error.issues.map(({ message }) => message).join('; ')}.`)
}

/** The value that a text means for this setting, as its schema has it; what fits nothing is left for the schema to refuse. */
function typed(name: SettingName, value: string): string | number | boolean | string[] | null | undefined {
  if ((name === 'port' || name === 'host' || name === 'ignoredInterfaces') && value === 'default') return null
  if (name === 'port') return portNumber(value)
  const { type } = settingsChange.shape[name].unwrap()
  if (name === 'otherAddresses') return value.split(',').filter((address) => address.trim() !== '')
  if (name === 'ignoredInterfaces') return value.split(',').filter((pattern) => pattern.trim() !== '')
  if (type === 'boolean') return onOrOff(name, value)
  return type === 'number' ? Number(value) : value
}

function onOrOff(name: SettingName, value: string): boolean {
  const state = switches[value.toLowerCase()]
  if (state !== undefined) return state
  throw new FcnError('invalid_input', `${name} is on or off.`)
}

function shown(value: string | number | boolean | string[] | null | undefined): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(',')
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return String(value ?? 'default')
}
