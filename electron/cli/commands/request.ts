import { type Command, Option } from 'commander'
import { resolveReference } from '../../agent/commands/reference.ts'
import { FcnError } from '../../agent/errors.ts'
import { type MeshRole, meshRole, type RequestView } from '../../contract/snapshot.ts'
import { agreed, answerOf } from '../agreement.ts'
import { comparisonCode } from '../argument.ts'
import { codeText } from '../code-text.ts'
import type { OpenSession, Session } from '../session.ts'
import { aligned } from '../table.ts'
import { Stopped } from '../terminal.ts'
import { ago, stamp } from '../time-text.ts'

const requestArgument = ['<request>', 'id of the request, or the name of the node when only one has it'] as const

interface ApproveOptions {
  code?: string
  role?: MeshRole
  yes?: true
}

export function addRequestCommands(program: Command, open: OpenSession): void {
  program
    .command('requests')
    .summary('nodes that ask to be let in')
    .description('Lists the nodes that ask to be let into a mesh of this node, each with the code that its own screen must show.')
    .action(async () => {
      const { client, output, now } = open()
      const requests = await client.call('request.list', {})
      output.result(requests, requests.map((request) => requestFacts(request, now())).join('\n\n') || 'Nobody asks to be let in.')
    })

  program
    .command('approve')
    .argument(...requestArgument)
    .option('--code <digits>', 'the code that the screen of that node shows', comparisonCode)
    .addOption(new Option('--role <role>', 'what it becomes').choices(meshRole.options))
    .option('--yes', 'you have compared the codes')
    .summary('let a node in')
    .description('Lets a node into the mesh. Its own screen must show the same six digits; otherwise somebody is in between.')
    .addHelpText('after', '\nExamples:\n  fcn approve laptop\n  fcn approve laptop --code 402913 --role admin')
    .action(async (reference: string, { role, yes, code }: ApproveOptions) => {
      const session = open()
      const checked = code === undefined && yes !== true ? await compared(session, reference) : { id: reference, ...(code && { code }) }
      const request = await session.client.call('request.approve', { ...checked, ...(role && { role }) })
      session.output.result(request, approvedText(request))
    })

  program
    .command('reject')
    .argument(...requestArgument)
    .option('--never', 'refuse this node for good')
    .option('--codes-differ', 'its screen showed another code')
    .summary('decline a request')
    .description('Declines the request of a node to be let in: not now, or with --never for good.')
    .addHelpText('after', '\nExamples:\n  fcn reject laptop\n  fcn reject laptop --never')
    .action(async (id: string, options: { never?: true; codesDiffer?: true }) => {
      const { client, output } = open()
      const request = await client.call('request.reject', { id, ...options })
      const blocked = options.never ? ` It is refused here from now on: fcn unblock ${request.node.id}` : ''
      output.result(request, `The request of ${request.node.name} is declined.${blocked}`)
    })
}

/** The request and its code, once a person has said that the other screen shows it. */
async function compared(session: Session, reference: string): Promise<{ id: string; code?: string }> {
  const { client, terminal, output, now } = session
  if (!terminal.interactive) {
    throw new FcnError('usage', 'The codes of both screens have to be compared first.', {
      action: 'Give the code that the other screen shows with --code, or --yes when you have compared them.',
    })
  }
  const requests = await client.call('request.list', {})
  const named = ({ id, node }: RequestView) => ({ ids: [id, node.id], name: node.name })
  const request = resolveReference(requests, reference, { noun: 'request', named })
  const { id, node, mesh, code } = request
  output.note(requestFacts(request, now()))
  if (code === null) {
    await agreed(session, { consequence: 'It shows an invite of yours.', question: `Let ${node.name} into ${mesh.name}?`, yes: false })
    return { id }
  }
  const answer = answerOf(await terminal.ask(`Does ${node.name} show ${codeText(code)}? [y/N]`))
  if (answer === 'yes') return { id, code }
  if (answer === 'none') throw new Stopped('Nothing was changed. The request waits on.')
  await client.call('request.reject', { id, codesDiffer: true })
  throw new FcnError('code_mismatch', 'The codes differ, so the request is declined: somebody may be between the two nodes.', {
    action: 'Let it ask again on a network that you trust, or invite it: fcn invite',
  })
}

function requestFacts({ id, node, mesh, code, address, os, createdAt, invite, removedBefore }: RequestView, now: number): string {
  return aligned([
    [node.name, `asks to join ${mesh.name}`],
    ['Code', code === null ? 'none is needed: it shows an invite' : codeText(code)],
    ['Since', ago(createdAt, now)],
    ['Address', os === null ? address : `${address}, ${os}`],
    ['Node', node.id],
    ['Request', id],
    ...(invite ? [['Invite', invite.note ?? invite.id]] : []),
    ...(removedBefore ? [['Before', `removed by ${removedBefore.by.name} on ${stamp(removedBefore.at)}; approving lets it in again`]] : []),
  ])
}

function approvedText({ node, mesh, code }: RequestView): string {
  if (code === null) return `${node.name} is let into ${mesh.name}.`
  return `${node.name} is approved. It is in ${mesh.name} as soon as its own side has confirmed the code.`
}
