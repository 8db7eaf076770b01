import { Argument, type Command, Option } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { CallInput } from '../../contract/calls.ts'
import type { HubLimits, HubView, TunnelView } from '../../contract/relay.ts'
import { agreed } from '../agreement.ts'
import { amountText } from '../amount-text.ts'
import { byteCountOrNone, byteText, countUpTo } from '../argument.ts'
import type { OpenSession, Session } from '../session.ts'
import { aligned, table } from '../table.ts'
import { ago } from '../time-text.ts'

interface Where {
  mesh?: string
}

interface Limits {
  members?: number
  bandwidth?: number | 'none'
  month?: number | 'none'
}

const meshOption = ['--mesh <mesh>', 'for which mesh, when this node is in several'] as const

/** Who relays for whom: `hub`, `hub on`, `hub off`, `hub set`, `tunnels`. */
export function addHubCommands(program: Command, open: OpenSession): void {
  const group = program
    .command('hub')
    .addArgument(new Argument('[command]', 'lists the meshes without one').choices(['list', 'on', 'off', 'set']))
    .summary('relay for members that cannot reach each other')
    .description(
      'Lists for which meshes this node relays, with use and limits. A hub passes on what members that cannot reach each other send; it cannot read it. It costs this connection twice, once in and once out. Only admins’ nodes relay.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  fcn hub\n  fcn hub on\n  fcn hub set --members 32 --bandwidth 5MB/s --month 500GB\n  fcn hub off --mesh Home',
    )
    .action(() => list(open()))
  group
    .command('list')
    .description('Lists for which meshes this node relays.')
    .action(() => list(open()))
  group
    .command('on')
    .option(...meshOption)
    .description('Relays for the members of a mesh.')
    .addHelpText('after', '\nExamples:\n  fcn hub on\n  fcn hub on --mesh Home')
    .action(({ mesh }: Where) => change(open(), { ...(mesh !== undefined && { mesh }), on: true }))
  group
    .command('off')
    .option(...meshOption)
    .option('--yes', 'go on without a question although members are attached')
    .description('Stops relaying. Asks first when members are attached.')
    .addHelpText('after', '\nExamples:\n  fcn hub off\n  fcn hub off --mesh Home --yes')
    .action(async ({ mesh, yes }: Where & { yes?: true }) => {
      const session = open()
      await askIfUsed(session, mesh, yes)
      await change(session, { ...(mesh !== undefined && { mesh }), on: false })
    })
  addSet(group, open)
  addTunnels(program, open)
}

function addSet(group: Command, open: OpenSession): void {
  group
    .command('set')
    .option(...meshOption)
    .addOption(new Option('--members <count>', 'members attached at once').argParser(countUpTo(1024)))
    .addOption(
      new Option('--bandwidth <bytes>', 'a second for all together, in and out, e.g. 5MB/s; none for no limit').argParser(
        byteCountOrNone(16 * 1024, 2 ** 40),
      ),
    )
    .addOption(
      new Option('--month <bytes>', 'in a calendar month, in and out, e.g. 500GB; none for no limit').argParser(
        byteCountOrNone(2 ** 20, 2 ** 50),
      ),
    )
    .description('Says how much this node relays. Limits that are not named stay as they are.')
    .addHelpText('after', '\nExamples:\n  fcn hub set --members 32 --bandwidth 5MB/s\n  fcn hub set --month none --mesh Home')
    .action(({ mesh, ...named }: Where & Limits) => {
      const limits = limitsFrom(named)
      if (Object.keys(limits).length === 0) throw new FcnError('usage', 'No limit is given.', { action: 'See: fcn hub set --help' })
      return change(open(), { ...(mesh !== undefined && { mesh }), limits })
    })
}

const orNull = (bytes: number | 'none') => (bytes === 'none' ? null : bytes)

function limitsFrom({ members, bandwidth, month }: Limits): Partial<HubLimits> {
  return {
    ...(members !== undefined && { members }),
    ...(bandwidth !== undefined && { bytesPerSecond: orNull(bandwidth) }),
    ...(month !== undefined && { bytesPerMonth: orNull(month) }),
  }
}

function addTunnels(program: Command, open: OpenSession): void {
  program
    .command('tunnels')
    .summary('through which hubs others reach this node')
    .description('Lists the tunnels of this node to the hubs of its meshes: members that cannot reach it directly reach it there.')
    .addHelpText('after', '\nExamples:\n  fcn tunnels\n  fcn tunnels --json | jq -r \'.[] | select(.state == "up") | .name\'')
    .action(async () => {
      const { client, output, now } = open()
      const [tunnels, meshes] = await Promise.all([client.call('tunnel.list', {}), client.call('mesh.list', {})])
      const names = new Map(meshes.map(({ id, name }) => [id, name]))
      output.result(
        tunnels,
        table(
          ['hub', 'meshes', 'state', 'latency', 'problem'],
          tunnels.map((tunnel) => tunnelRow(tunnel, names, now())),
        ) || 'No tunnels: no mesh of this node has a hub, or none was needed yet.',
      )
    })
}

function tunnelRow(
  { name, meshes, state, since, latencyMs, problem }: TunnelView,
  names: ReadonlyMap<string, string>,
  now: number,
): string[] {
  return [
    name,
    meshes.map((id) => names.get(id) ?? id).join(', '),
    `${state}, ${ago(since, now)}`,
    latencyMs === null ? '-' : `${Math.round(latencyMs)} ms`,
    problem?.message ?? '-',
  ]
}

/** Somebody may depend on it. */
async function askIfUsed(session: Session, mesh: string | undefined, yes: true | undefined): Promise<void> {
  const [hubs, meshes] = await Promise.all([session.client.call('hub.list', {}), session.client.call('mesh.list', {})])
  const names = new Map(meshes.map(({ id, name }) => [id, name]))
  const meant = hubs.filter(({ id, on }) => on && (mesh === undefined || mesh === id || mesh === names.get(id)))
  const spokes = meant.reduce((sum, hub) => sum + hub.spokes, 0)
  if (spokes === 0) return
  const attached = spokes === 1 ? 'One member is attached' : `${spokes} members are attached`
  const consequence = `${attached}. What they do through this node is cut, and without another hub they lose those they cannot reach directly.`
  await agreed(session, { consequence, question: 'Stop relaying?', yes })
}

async function change({ client, output }: Session, input: CallInput<'hub.set'>): Promise<void> {
  const hub = await client.call('hub.set', input)
  const meshes = await client.call('mesh.list', {})
  const name = meshes.find(({ id }) => id === hub.id)?.name ?? hub.id
  const head = hub.on ? `This node relays for ${name}.` : `This node does not relay for ${name}.`
  output.result(hub, `${head}\n${limitsText(hub.limits)}`)
}

/** Each limit by the name of its option, with the value that the option takes. */
function limitsText({ members, bytesPerSecond, bytesPerMonth }: HubLimits): string {
  const text = (bytes: number | null, unit = '') => (bytes === null ? 'none' : `${byteText(bytes)}${unit}`)
  return aligned([
    ['members', String(members), 'attached at once'],
    ['bandwidth', text(bytesPerSecond, '/s'), 'for all together, in and out'],
    ['month', text(bytesPerMonth), 'in a calendar month, in and out'],
  ])
}

async function list({ client, output }: Session): Promise<void> {
  const [hubs, meshes] = await Promise.all([client.call('hub.list', {}), client.call('mesh.list', {})])
  const names = new Map(meshes.map(({ id, name }) => [id, name]))
  const rows = hubs.map((hub) => [names.get(hub.id) ?? hub.id, ...hubRow(hub)])
  output.result(
    hubs,
    table(['mesh', 'relays', 'members', 'pairs', 'now', 'this month'], rows) || 'No mesh yet. Make one: fcn create <name>',
  )
}

function hubRow({ on, whyNot, limits, spokes, pairs, bytesPerSecond, bytesThisMonth }: HubView): string[] {
  const relays = whyNot === null ? (on ? 'on' : 'off') : `${on ? 'on, but does not' : 'no'}: ${whyNot.message}`
  if (!on) return [relays, `up to ${limits.members}`, '-', '-', '-']
  const of = (text: string, limit: number | null) => (limit === null ? text : `${text} of ${amountText(limit)}`)
  return [
    relays,
    `${spokes} of ${limits.members}`,
    String(pairs),
    `${of(amountText(bytesPerSecond), limits.bytesPerSecond)}/s`,
    of(amountText(bytesThisMonth), limits.bytesPerMonth),
  ]
}
