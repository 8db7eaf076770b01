import type { Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { JoinView } from '../../contract/snapshot.ts'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'
import { ago } from '../time-text.ts'

/** Pause between two looks at a join, ms; the node is on this machine and answers at once. */
const pollEvery = 300

/** A node that can be reached at all is reached within this, ms; the join goes on by itself when it is not. */
const connectLimit = 5000

/** `--wait` ends after a day (ms); the request itself goes on. */
const waitLimit = 24 * 60 * 60_000

export function addJoinCommands(program: Command, open: OpenSession): void {
  program
    .command('join')
    .argument('<url>', 'address of a node of that mesh')
    .option('--mesh <mesh>', 'which mesh, when the node there is in several')
    .option('--key <key>', 'API key of an old node (Router API v0.1)')
    .option('--wait', 'wait until the other side has decided')
    .summary('ask to join a mesh')
    .description('Asks the node at an address to let this one into its mesh. A person there approves.')
    .addHelpText('after', '\nExamples:\n  fcn join http://192.168.1.20:3000\n  fcn join http://192.168.1.20:3000 --wait')
    .action(async (url: string, { wait, ...options }: { mesh?: string; key?: string; wait?: true }) => {
      const session = open()
      const started = await session.client.call('join.start', { url, ...options })
      const join = await follow(session, started, wait === true)
      const problem = join.problem
      if (join.state === 'rejected' || join.state === 'expired' || join.state === 'failed') {
        const code = problem?.code ?? (join.state === 'failed' ? 'unreachable' : join.state)
        throw new FcnError(code, problem?.message ?? joinText(join), problem?.action === undefined ? {} : { action: problem.action })
      }
      session.output.result(join, joinText(join))
    })

  program
    .command('joins')
    .summary('joins of this node under way')
    .description('Lists where this node has asked to join, and what came of it.')
    .action(async () => {
      const { client, output, now } = open()
      const joins = await client.call('join.list', {})
      const rows = joins.map((join) => [join.id, joinText(join), ago(join.createdAt, now()), join.problem?.message ?? ''])
      output.result(joins, table(['id', 'state', 'asked', 'problem'], rows) || 'This node waits for nobody.')
    })

  program
    .command('cancel')
    .argument('<id>', 'id of the join, from fcn joins')
    .summary('withdraw a join')
    .description('Withdraws a join, or clears one that has ended.')
    .action(async (id: string) => {
      const { client, output } = open()
      await client.call('join.cancel', { id })
      output.result({ id }, 'The join is withdrawn.')
    })
}

/** The join as it stands once it has been reached, or with `toTheEnd` once it is decided. Ctrl-C ends the wait only. */
async function follow({ client, output, now, pause }: Session, started: JoinView, toTheEnd: boolean): Promise<JoinView> {
  const until = now() + (toTheEnd ? waitLimit : connectLimit)
  let join = started
  let said = ''
  const undecided = () => join.state === 'connecting' || (join.state === 'waiting' && toTheEnd)
  while (undecided() && now() < until) {
    const text = joinText(join)
    if (toTheEnd && text !== said) output.note(text)
    said = text
    await pause(pollEvery)
    const next = (await client.call('join.list', {})).find(({ id }) => id === join.id)
    if (!next) throw new FcnError('not_found', 'The join was withdrawn.')
    join = next
  }
  return join
}

function joinText({ state, approver, mesh, url, problem }: JoinView): string {
  switch (state) {
    case 'connecting':
      return `Not reached yet: ${url}. ${problem ? `${problem.message} ` : ''}The node keeps trying.`
    case 'waiting':
      return `Waiting for approval on ${approver?.name ?? url}.`
    case 'confirming':
      return `Approved by ${approver?.name ?? url}; waiting for your word that the codes match.`
    case 'joined':
      return mesh ? `Joined ${mesh.name}.` : `Joined ${approver?.name ?? url}.`
    case 'rejected':
      return `${approver?.name ?? url} has declined the request.`
    case 'expired':
      return `The request at ${approver?.name ?? url} ran out before anybody decided.`
    case 'failed':
      return `Joining at ${url} has failed.`
    default:
      return state satisfies never
  }
}
