import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import { capabilityName, capabilityNames } from '../../contract/capability.ts'
import { everything } from '../../contract/access-decision.ts'
import { grantResource, grantRule, type GrantView } from '../../contract/snapshot.ts'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'

const exceptions = { allow: true, refuse: false, default: null } as const
const rules = [...grantRule.options, 'default']

export function addGrantCommands(program: Command, open: OpenSession): void {
  program
    .command('grants')
    .summary('who may use what of this node')
    .description(
      'Lists who may use what of this node: the rule for each mesh and thing, and the peers it is different for. What is not listed is open to every member.',
    )
    .action(async () => {
      const session = open()
      const grants = await session.client.call('grant.list', {})
      session.output.result(grants, (await grantsText(session, grants)) || 'Every member may use what this node offers.')
    })

  program
    .command('grant')
    .addArgument(new Argument('<thing>', `everything, ${capabilityNames.join(', ')}, or service:<id>`).argParser(resource))
    .addArgument(
      new Argument('<whom>', 'for a mesh: all, admins, nobody; for one peer: allow, refuse; default: as everything').choices([
        ...new Set([...rules, ...Object.keys(exceptions)]),
      ]),
    )
    .option('--mesh <mesh>', 'in which mesh, when this node is in several')
    .addOption(new Option('--peer <peer>', 'only for this peer, whatever the rule says'))
    .summary('say who may use something of this node')
    .description('Says who may use a capability or a shared service of this node. It takes effect with the next request.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn grant everything admins\n  fcn grant ai nobody\n  fcn grant ai allow --peer nas\n  fcn grant service:wiki default',
    )
    .action(async (thing: string, whom: string, { mesh, peer }: { mesh?: string; peer?: string }) => {
      const session = open()
      const where = { resource: thing, ...(mesh !== undefined && { mesh }) }
      const grant =
        peer === undefined
          ? await session.client.call('grant.set', { ...where, rule: ruleOf(whom) })
          : await session.client.call('grant.except', { ...where, peer, allow: exceptionOf(whom) })
      session.output.result(grant, await grantsText(session, [grant]))
    })
}

/** Short forms, since `*` is a pattern of the shell. */
function resource(text: string): string {
  const full = text === 'everything' ? everything : capabilityName.safeParse(text).success ? `capability:${text}` : text
  if (grantResource.safeParse(full).success) return full
  throw new InvalidArgumentError(`It is everything, ${capabilityNames.join(', ')} or service:<id>.`)
}

function ruleOf(whom: string) {
  if (whom === 'default') return null
  const rule = grantRule.safeParse(whom)
  if (rule.success) return rule.data
  throw new FcnError('usage', `${whom} is said of one peer.`, { action: 'Name it with --peer, or say all, admins, nobody or default.' })
}

function exceptionOf(whom: string): boolean | null {
  if (whom === 'allow' || whom === 'refuse' || whom === 'default') return exceptions[whom]
  throw new FcnError('usage', `${whom} is said of a mesh.`, { action: 'For one peer say allow, refuse or default.' })
}

/** With names in place of ids, as far as they are known. */
async function grantsText({ client }: Session, grants: readonly GrantView[]): Promise<string> {
  if (grants.length === 0) return ''
  const [meshes, peers] = await Promise.all([client.call('mesh.list', {}), client.call('peer.list', {})])
  const names = new Map([...meshes, ...peers].map(({ id, name }) => [id, name]))
  const rows = grants.map((grant) => [
    names.get(grant.mesh) ?? grant.mesh,
    grant.resource === everything ? 'everything' : grant.resource.replace(/^capability:/u, ''),
    grant.rule ?? (grant.resource === everything ? 'all' : 'default'),
    Object.entries(grant.exceptions)
      .map(([peer, allowed]) => `${allowed ? 'allow' : 'refuse'} ${names.get(peer) ?? peer}`)
      .join(', ') || '-',
  ])
  return table(['mesh', 'thing', 'who may use it', 'except'], rows)
}
