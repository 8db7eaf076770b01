import type { Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { JoinView } from '../../contract/snapshot.ts'
import { answerOf } from '../agreement.ts'
import { comparisonCode } from '../argument.ts'
import { codeText } from '../code-text.ts'
import { approverOf, isUndecided, joinText, needsConfirming } from '../join-progress.ts'
import type { OpenSession, Session } from '../session.ts'
import { aligned } from '../table.ts'
import { Stopped } from '../terminal.ts'
import { ago } from '../time-text.ts'
import { codesDiffer } from './join.ts'

/** What to do with a join that `fcn join` has begun. */
export function addJoinsCommands(program: Command, open: OpenSession): void {
  program
    .command('joins')
    .summary('joins of this node under way')
    .description('Lists where this node has asked to join, and what came of it.')
    .action(async () => {
      const { client, output, now } = open()
      const joins = await client.call('join.list', {})
      output.result(joins, joins.map((join) => joinFacts(join, now())).join('\n\n') || 'This node waits for nobody.')
    })

  program
    .command('confirm')
    .argument('[join]', 'id of the join; without it, the one that waits')
    .option('--code <digits>', 'the code that the other screen shows', comparisonCode)
    .option('--yes', 'you have compared the codes')
    .summary('say that both screens show the same code')
    .description('Says that the screen of the other node shows the same six digits. Only then does this node enter the mesh.')
    .addHelpText('after', '\nExamples:\n  fcn confirm\n  fcn confirm --code 402913')
    .action(async (id: string | undefined, options: { code?: string; yes?: true }) => {
      const session = open()
      const chosen = await joinToConfirm(session, id, options)
      const join = await session.client.call('join.confirm', chosen)
      session.output.result(join, join.state === 'waiting' ? `Confirmed. ${joinText(join)}` : joinText(join))
    })

  program
    .command('cancel')
    .argument('[join]', 'id of the join; without it, the one under way')
    .option('--codes-differ', 'tell the other side that the codes did not match')
    .summary('withdraw a join')
    .description('Withdraws a join, or clears one that has ended.')
    .addHelpText('after', '\nExamples:\n  fcn cancel\n  fcn cancel --codes-differ')
    .action(async (reference: string | undefined, options: { codesDiffer?: true }) => {
      const session = open()
      const id = reference ?? (await onlyJoin(session, isUndecided)).id
      await session.client.call('join.cancel', { id, ...options })
      session.output.result({ id }, 'The join is withdrawn.')
    })
}

/** `--code` is compared by the node; without it a person looks at both screens. */
async function joinToConfirm(session: Session, id: string | undefined, { code, yes }: { code?: string; yes?: true }) {
  const { client, terminal, output } = session
  if (code === undefined && yes !== true && !terminal.interactive) {
    throw new FcnError('usage', 'The codes of both screens have to be compared first.', {
      action: 'Give the code that the other screen shows with --code, or --yes when you have compared them.',
    })
  }
  if (id !== undefined && (code !== undefined || yes === true)) return { id, ...(code === undefined ? {} : { code }) }
  const join = await onlyJoin(session, (each) => needsConfirming(each) && (id === undefined || each.id === id))
  if (code !== undefined) return { id: join.id, code }
  if (yes === true || join.code === null) return { id: join.id }
  output.note(`The code is ${codeText(join.code)}.`)
  const answer = answerOf(await terminal.ask(`Does ${approverOf(join)} show ${codeText(join.code)}? [y/N]`))
  if (answer === 'yes') return { id: join.id, code: join.code }
  if (answer === 'none') throw new Stopped('Nothing was confirmed.')
  await client.call('join.cancel', { id: join.id, codesDiffer: true })
  throw codesDiffer()
}

async function onlyJoin({ client }: Session, fits: (join: JoinView) => boolean): Promise<JoinView> {
  const joins = (await client.call('join.list', {})).filter(fits)
  const [only, ...others] = joins
  if (only === undefined) throw new FcnError('not_found', 'No such join is under way.', { action: 'See: fcn joins' })
  if (others.length === 0) return only
  throw new FcnError('ambiguous', `${joins.length} joins are under way.`, {
    action: `Say which: ${joins.map((join) => `${join.id} (${approverOf(join)})`).join(', ')}.`,
  })
}

function joinFacts(join: JoinView, now: number): string {
  const { id, url, code, createdAt, problem } = join
  return aligned([
    ['Join', id],
    ['State', joinText(join)],
    ...(code === null ? [] : [['Code', needsConfirming(join) ? `${codeText(code)}, not confirmed yet: fcn confirm` : codeText(code)]]),
    ['Address', url],
    ['Asked', ago(createdAt, now)],
    ...(problem ? [['Problem', [problem.message, problem.action ?? ''].join(' ').trim()]] : []),
  ])
}
