import type { Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { CallInput } from '../../contract/calls.ts'
import type { JoinView } from '../../contract/snapshot.ts'
import { answerOf } from '../agreement.ts'
import { codeText } from '../code-text.ts'
import { approverOf, follow, isUndecided, joinText, needsConfirming, notFailed } from '../join-progress.ts'
import type { OpenSession, Session } from '../session.ts'
import { Stopped } from '../terminal.ts'

/** A node that can be reached at all is reached within this, ms; the join goes on by itself when it is not. */
const connectLimit = 5000

/** The wait ends after a day (ms); the request itself goes on. */
const waitLimit = 24 * 60 * 60_000

/** An invite that is read from standard input, bytes. */
const maxInvite = 4096

interface JoinOptions {
  mesh?: string
  node?: string
  key?: string
  invite?: string
  /** Absent: as fits a person (yes) or a program (no). */
  wait?: boolean
}

const examples = `
Examples:
  fcn join http://192.168.1.20:3000
  fcn join http://192.168.1.20:3000 --no-wait
  fcn join fcn1.AQAB…            an invite needs no code and mostly no approval
  fcn join --invite - < invite.txt`

export function addJoinCommand(program: Command, open: OpenSession): void {
  program
    .command('join')
    .argument('[url|invite]', 'address of a node of that mesh, or an invite: its text or fcn:// link')
    .option('--mesh <mesh>', 'which mesh, when the node there is in several')
    .option('--node <id>', 'id of the node there; no code is needed then on this side')
    .option('--key <key>', 'API key of an old node (Router API v0.1)')
    .option('--invite <text>', 'join by invite; - reads it from standard input')
    .option('--wait', 'wait until both sides have decided, with --json too')
    .option('--no-wait', 'do not wait; later: fcn joins, fcn confirm')
    .summary('ask to join a mesh')
    .description(
      'Asks the node at an address to let this one into its mesh. Both screens show the same six digits: a person there approves, and you say here that they match. Ctrl-C ends the wait, not the request.',
    )
    .addHelpText('after', examples)
    .action(async (where: string | undefined, { wait, ...options }: JoinOptions) => {
      const session = open()
      const input = await joinInput(session, where, options)
      const started = await session.client.call('join.start', input)
      const reached = await follow(session, started, { during: ({ state }) => state === 'connecting', limit: connectLimit })
      const toTheEnd = wait ?? !session.output.json
      const join = toTheEnd ? await session.terminal.interruptible((signal) => untilDecided(session, reached, signal)) : reached
      notFailed(join)
      session.output.result(join, [joinText(join), ...(toTheEnd ? [] : codeLines(join))].join('\n'))
    })
}

const isInvite = (text: string) => /^\s*fcn(?:1\.|:)/iu.test(text)

async function joinInput(
  { terminal }: Session,
  where: string | undefined,
  { invite, ...options }: Omit<JoinOptions, 'wait'>,
): Promise<CallInput<'join.start'>> {
  if ((where === undefined) === (invite === undefined)) {
    throw new FcnError('usage', where === undefined ? 'Say where to join.' : 'Give an address or an invite, not both.', {
      action: 'fcn join <address of a node>, or fcn join <invite>',
    })
  }
  const text = invite === '-' ? await terminal.readInput(maxInvite) : (invite ?? where ?? '')
  if (invite === undefined && !isInvite(text)) return { url: text, ...options }
  if (Object.keys(options).length > 0) {
    throw new FcnError('usage', 'An invite says by itself which mesh and node it is for.', {
      action: 'Leave --mesh, --node and --key out.',
    })
  }
  return { invite: text }
}

/** Follows the join to its end. In a terminal the person is asked meanwhile whether the codes match. */
async function untilDecided(session: Session, reached: JoinView, interrupted: AbortSignal): Promise<JoinView> {
  const { output, terminal } = session
  const onState = (join: JoinView) => output.note(joinText(join))
  const watch = (join: JoinView, during: (join: JoinView) => boolean) =>
    follow(session, join, { during, limit: waitLimit, signal: interrupted, onState })

  let join = await watch(reached, (next) => isUndecided(next) && !needsConfirming(next))
  if (needsConfirming(join) && !interrupted.aborted) {
    if (terminal.interactive) join = await askMeanwhile(session, join, interrupted)
    else for (const line of codeLines(join)) output.note(line)
    join = await watch(join, isUndecided)
  }
  if (!interrupted.aborted) return join
  throw new Stopped('The request goes on. See how it stands: fcn joins. Withdraw it: fcn cancel.', { interrupted: true })
}

/** The join after the answer of the person, or as it is when it has come to an end before one. */
async function askMeanwhile(session: Session, join: JoinView & { code: string }, interrupted: AbortSignal): Promise<JoinView> {
  const done = new AbortController()
  const signal = AbortSignal.any([done.signal, interrupted])
  session.output.note(`The code is ${codeText(join.code)}.`)
  const asked = session.terminal
    .ask(`Does ${approverOf(join)} show ${codeText(join.code)}? [y/N]`, { signal })
    .then((text) => answered(session, join, text))
  const decided = follow(session, join, { during: needsConfirming, limit: waitLimit, signal })
  try {
    return await Promise.race([asked, decided])
  } catch (error) {
    if (interrupted.aborted) return join
    throw error
  } finally {
    done.abort()
    await Promise.allSettled([asked, decided])
  }
}

async function answered({ client }: Session, join: JoinView & { code: string }, text: string): Promise<JoinView> {
  switch (answerOf(text)) {
    case 'yes':
      return client.call('join.confirm', { id: join.id, code: join.code })
    case 'no':
      await client.call('join.cancel', { id: join.id, codesDiffer: true })
      throw codesDiffer()
    case 'none':
      throw new Stopped('Nothing was confirmed. When the codes match: fcn confirm. When they differ: fcn cancel --codes-differ.')
  }
}

export const codesDiffer = () =>
  new FcnError('code_mismatch', 'The codes differ, so the join is withdrawn: somebody may be between the two nodes.', {
    action: 'Try again on a network that you trust, or join by invite.',
  })

/** What to compare, and how to say so later. */
function codeLines(join: JoinView): string[] {
  if (!needsConfirming(join)) return []
  const approver = approverOf(join)
  return [
    `The code is ${codeText(join.code)}.`,
    `When ${approver} shows the same: fcn confirm. When it shows another: fcn cancel --codes-differ.`,
  ]
}
