import { Argument, type Command, Option } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { PolicyRulesInput } from '../../contract/calls.ts'
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import { saysAnything } from '../../contract/policy-rules.ts'
import { type LoadBalancing, loadBalancing, type PolicyRules, type PolicyView } from '../../contract/routing.ts'
import { countUpTo } from '../argument.ts'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'
import { stamp } from '../time-text.ts'

interface Where {
  mesh?: string
  own?: true
}

interface Rules {
  prefer?: string[]
  fallback?: string[]
  balance?: LoadBalancing
  replication?: number
  onlyDirect?: true
  avoidMetered?: true
  maxDistance?: number
}

/** Who is asked for what: `policy`, `policy set`, `policy clear`. */
export function addPolicyCommands(program: Command, open: OpenSession): void {
  const group = program
    .command('policy')
    .addArgument(new Argument('[command]', 'lists the policies without one').choices(['list', 'set', 'clear']))
    .summary('by which rules requests are sent')
    .description(
      'Lists by which rules requests for a capability are sent in each mesh. Admins decide for the mesh; every node can have other rules for its own requests. What is not listed is asked of whoever answers fastest.',
    )
    .addHelpText('after', '\nExamples:\n  fcn policy\n  fcn policy set ai --prefer desk,nas --fallback vps\n  fcn policy clear ai')
    .action(() => list(open()))
  group
    .command('list')
    .description('Lists the policies.')
    .action(() => list(open()))
  addSet(group, open)
  where(
    group
      .command('clear')
      .description('Takes the rules for a capability back.')
      .addHelpText('after', '\nExamples:\n  fcn policy clear ai\n  fcn policy clear ai --own'),
  ).action((capability: CapabilityName, place: Where) => decide(open(), capability, null, place))
}

function addSet(group: Command, open: OpenSession): void {
  where(group.command('set').description('Decides by which rules requests for a capability are sent. The rules given are all: others go.'))
    .addOption(new Option('--prefer <nodes>', 'ask these first, in this order: names or ids with commas between').argParser(names))
    .addOption(new Option('--fallback <nodes>', 'ask these only when nobody else can').argParser(names))
    .addOption(new Option('--balance <how>', 'how equals share; without it whoever answers fastest').choices(loadBalancing.options))
    .addOption(new Option('--replication <count>', 'on how many nodes a thing is kept').argParser(countUpTo(16)))
    .option('--only-direct', 'never through a relay')
    .option('--avoid-metered', 'never over a connection that is paid by volume')
    .addOption(new Option('--max-distance <ms>', 'longest round trip to the node, milliseconds').argParser(countUpTo(60_000)))
    .addHelpText(
      'after',
      '\nExamples:\n  fcn policy set ai --prefer desk,nas --fallback vps\n  fcn policy set storage --replication 2 --only-direct\n  fcn policy set ai --own --max-distance 20',
    )
    .action((capability: CapabilityName, { mesh, own, ...rules }: Where & Rules) => {
      const input = inputOf(rules)
      if (!own && !saysAnything(input)) {
        throw new FcnError('usage', 'No rule is given.', { action: 'Give one, or take the rules back: fcn policy clear.' })
      }
      return decide(open(), capability, input, { ...(mesh !== undefined && { mesh }), ...(own && { own }) })
    })
}

/** The capability and the two options that say where rules hold. */
function where(command: Command): Command {
  return command
    .addArgument(new Argument('<capability>', 'which capability').choices(capabilityNames))
    .option('--mesh <mesh>', 'in which mesh, when this node is in several')
    .option('--own', 'for requests of this node only')
}

const names = (text: string): string[] => text.split(',').map((name) => name.trim()).filter((name) => name !== '') // prettier-ignore

function inputOf({ prefer, fallback, balance, ...rules }: Rules): PolicyRulesInput {
  return {
    ...(prefer && { preferredNodes: prefer }),
    ...(fallback && { fallbackNodes: fallback }),
    ...(balance && { loadBalancing: balance }),
    ...rules,
  }
}

async function decide(session: Session, capability: CapabilityName, rules: PolicyRulesInput | null, { mesh, own }: Where): Promise<void> {
  const place = { ...(mesh !== undefined && { mesh }), scope: own ? ('own' as const) : ('mesh' as const) }
  const policy = await session.client.call('policy.set', { ...place, capability, rules })
  const text = await policiesText(session, [policy])
  session.output.result(policy, text || `There are no rules for ${capability} any more.`)
}

async function list(session: Session): Promise<void> {
  const policies = await session.client.call('policy.list', {})
  const text = await policiesText(session, policies)
  session.output.result(policies, text || 'No rules: whoever answers fastest is asked.')
}

/** With names in place of ids, as far as they are known; one line for the mesh's rules, one for this node's own. */
async function policiesText({ client }: Session, policies: readonly PolicyView[]): Promise<string> {
  if (policies.length === 0) return ''
  const lists = [client.call('mesh.list', {}), client.call('peer.list', {}), client.call('node.get', {}).then((node) => [node])]
  const named = new Map((await Promise.all(lists)).flat().map(({ id, name }) => [id, name]))
  const nameOf = (id: string) => named.get(id) ?? id
  const rows = policies.flatMap(({ mesh, capability, rules, by, at, override }) => {
    const line = (text: string, decided: string) => [nameOf(mesh), capability, text, decided]
    const own = override && [line(rulesText(override, nameOf), 'this node, for its own requests')]
    const decided = rules && [line(rulesText(rules, nameOf), [by?.name, at && stamp(at)].filter(Boolean).join(', '))]
    return [...(decided ?? []), ...(own ?? [])]
  })
  return table(['mesh', 'capability', 'rules', 'decided by'], rows)
}

function rulesText(rules: PolicyRules, nameOf: (id: string) => string): string {
  const { preferredNodes, fallbackNodes, loadBalancing: balance, replication, onlyDirect, avoidMetered, maxDistance } = rules
  const said = [
    preferredNodes?.length && `first ${preferredNodes.map(nameOf).join(', ')}`,
    fallbackNodes?.length && `last ${fallbackNodes.map(nameOf).join(', ')}`,
    balance,
    replication && `kept on ${replication}`,
    onlyDirect && 'only direct',
    avoidMetered && 'not metered',
    maxDistance && `within ${maxDistance} ms`,
  ]
  return said.filter(Boolean).join('; ') || 'none'
}
