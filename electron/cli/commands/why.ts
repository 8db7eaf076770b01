import type { Command } from 'commander'
import type { CallInput } from '../../contract/calls.ts'
import { capabilityName } from '../../contract/capability.ts'
import type { ChoiceView } from '../../contract/routing.ts'
import type { OpenSession } from '../session.ts'
import { aligned, table } from '../table.ts'
import { whyNotText } from '../why-not-text.ts'

export function addWhyCommand(program: Command, open: OpenSession): void {
  program
    .command('why')
    .argument('<what>', 'a capability, or a service by id or name')
    .option('--mesh <mesh>', 'in this mesh only')
    .summary('who serves a thing for this computer, and why others do not')
    .description('Says which nodes would be asked for a capability or service now, in which order, and why the others would not.')
    .addHelpText('after', '\nExamples:\n  fcn why ai\n  fcn why wiki --mesh Home\n  fcn why service:storage')
    .action(async (what: string, { mesh }: { mesh?: string }) => {
      const { client, output } = open()
      const choice = await client.call('route.explain', { ...askedFor(what), ...(mesh !== undefined && { mesh }) })
      const { id } = await client.call('node.get', {})
      output.result(choice, choiceText(what, choice, id))
    })
}

/** A capability by its name; everything else is a service, also with `service:` before it, as in grants. */
function askedFor(what: string): CallInput<'route.explain'> {
  const capability = capabilityName.safeParse(what.replace(/^capability:/u, ''))
  return capability.success ? { capability: capability.data } : { service: what.replace(/^service:/u, '') }
}

function choiceText(what: string, { candidates, leftOut }: ChoiceView, self: string): string {
  const near = leftOut.filter(({ why }) => why !== 'not_offered')
  const others = leftOut.length - near.length
  const rows = candidates.map(({ id, name, tier, latencyMs, underWay }) => {
    const distance = id === self ? 'this computer' : latencyMs === null ? 'not known yet' : `${latencyMs} ms`
    return [name, tier === 0 ? 'first' : `when those before cannot (${tier})`, distance, String(underWay)]
  })
  return [
    candidates.length === 0 ? `No node can serve “${what}” now.` : table(['asked', 'when', 'distance', 'under way'], rows),
    ...(near.length === 0 ? [] : ['', 'Not used:', aligned(near.map(({ name, why }) => [name, whyNotText[why]]))]),
    ...(others === 0 ? [] : ['', others === 1 ? 'One node does not offer it.' : `${others} nodes do not offer it.`]),
  ].join('\n')
}
