import { Argument, type Command, Option } from 'commander'
import type { CallOutput } from '../../contract/calls.ts'
import { type InviteView, type MeshRole, meshRole } from '../../contract/snapshot.ts'
import { countUpTo, durationWithin } from '../argument.ts'
import type { Output } from '../output.ts'
import { qrCode } from '../qr-code.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { displayWidth } from '../terminal-text.ts'
import { ahead, stamp } from '../time-text.ts'

interface InviteOptions {
  mesh?: string
  role?: MeshRole
  for?: number
  uses?: number
  note?: string
  ask?: true
  qr?: boolean
}

export function addInviteCommands(program: Command, open: OpenSession): void {
  program
    .command('invite')
    .option('--mesh <mesh>', 'to which mesh, when this node is in several')
    .addOption(new Option('--role <role>', 'what the new node becomes').choices(meshRole.options))
    .option('--for <time>', 'how long it may be used: 30min, 12h, 7d; a day without it', durationWithin('1min', '30d'))
    .option('--uses <count>', 'how many nodes it lets in; one without it', countUpTo(100))
    .option('--note <text>', 'for you, e.g. "for Grandma\'s laptop"')
    .option('--ask', 'ask here before each node is let in')
    .option('--qr', 'show a QR code where the output is no terminal too')
    .option('--no-qr', 'show no QR code')
    .summary('make an invite')
    .description('Makes an invite: whoever has it is let in without a code or a question. It is shown once and not kept.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn invite\n  fcn invite --for 7d --uses 3 --note "the family"\n  fcn invite --json | jq -r .text',
    )
    .action(async ({ for: validFor, ask, qr, ...options }: InviteOptions) => {
      const { client, output, now } = open()
      const made = await client.call('invite.create', {
        ...options,
        ...(validFor !== undefined && { validFor }),
        ...(ask !== undefined && { askMe: ask }),
      })
      output.result(made, inviteText(made, { now: now(), code: qr ?? output.width !== null, output }))
    })

  const list = async () => {
    const { client, output, now } = open()
    const invites = await client.call('invite.list', {})
    output.result(invites, invitesTable(invites, now()) || 'No invites yet. Make one: fcn invite')
  }

  const group = program
    .command('invites')
    .addArgument(new Argument('[command]', 'lists them without one').choices(['list', 'revoke']))
    .summary('invites made here')
    .description('Lists the invites made here and who came with them, or takes one back.')
    .addHelpText('after', '\nExamples:\n  fcn invites\n  fcn invites revoke "the family"')
    .action(list)

  group.command('list').description('Lists the invites made here.').action(list)

  group
    .command('revoke')
    .argument('<invite>', 'id or note of the invite')
    .description('Takes an invite back. Whom it has let in stays.')
    .action(async (id: string) => {
      const { client, output } = open()
      const invite = await client.call('invite.revoke', { id })
      output.result(invite, `The invite ${invite.note ?? invite.id} is taken back. Whom it has let in stays.`)
    })
}

interface InviteTextOptions {
  now: number
  code: boolean
  output: Output
}

function inviteText({ invite, link, text }: CallOutput<'invite.create'>, { now, code, output }: InviteTextOptions): string {
  const { mesh, role, uses, expiresAt, askMe } = invite
  const whom = uses === 1 ? 'One node' : `Up to ${uses} nodes`
  const asked = askMe ? ' You are asked first.' : ''
  return [
    `${whom} may join ${mesh.name} with it as ${role}, until ${stamp(expiresAt)} (${ahead(expiresAt, now)}).${asked}`,
    'Whoever has it can use it, and it is shown this once.',
    '',
    `Link:\n${link}`,
    `On a computer without a window: fcn join\n${text}`,
    ...(code ? [qrText(link, output.width)] : []),
  ].join('\n')
}

function qrText(link: string, width: number | null): string {
  const qr = qrCode(link)
  const needed = displayWidth(qr.slice(0, qr.indexOf('\n')))
  if (width === null || width >= needed) return `\n${qr}`
  return `The QR code needs a terminal that is ${needed} characters wide; this one has ${width}.`
}

function invitesTable(invites: readonly InviteView[], now: number): string {
  const rows = invites.map(({ id, note, mesh, role, state, uses, usedBy, expiresAt, askMe }) => [
    id,
    mesh.name,
    role,
    state === 'open' ? `open, ends ${ahead(expiresAt, now)}${askMe ? ', asks' : ''}` : state,
    [`${usedBy.length} of ${uses}`, ...usedBy.map(({ name }) => name)].join(' '),
    note ?? '',
  ])
  return table(['id', 'mesh', 'role', 'state', 'used', 'note'], rows)
}
