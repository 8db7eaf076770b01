import type { Command } from 'commander'
import type { MeshRole } from '../../contract/snapshot.ts'
import { agreed } from '../agreement.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { stamp } from '../time-text.ts'

interface MemberOptions {
  mesh?: string
  yes?: true
}

const peerArgument = ['<peer>', 'name or id of the peer'] as const
const meshOption = ['--mesh <mesh>', 'in which mesh, when this node is in several'] as const
const yesOption = ['--yes', 'go on without a question'] as const

const roleChanges: { name: string; role: MeshRole; summary: string; consequence: string; done: string }[] = [
  {
    name: 'promote',
    role: 'admin',
    summary: 'make a member an admin',
    consequence: 'An admin can let nodes in, remove anybody, this node too, and rename the mesh.',
    done: 'is an admin now.',
  },
  {
    name: 'demote',
    role: 'member',
    summary: 'make an admin a member',
    consequence: 'It can let nobody in any more. Whom it has let in stays.',
    done: 'is a member without admin rights now.',
  },
]

/** Who belongs to a mesh, and who never does here. */
export function addMemberCommands(program: Command, open: OpenSession): void {
  program
    .command('remove')
    .argument(...peerArgument)
    .option(...meshOption)
    .option(...yesOption)
    .summary('remove a member from a mesh')
    .description('Removes a member from a mesh for everybody, whether it is on or off.')
    .addHelpText('after', '\nExamples:\n  fcn remove laptop\n  fcn remove laptop --mesh Home --yes')
    .action(async (peer: string, { mesh, yes }: MemberOptions) => {
      const session = open()
      const consequence = `Every member will refuse ${peer}, whether it is on or off. It comes back only when it is let in anew.`
      await agreed(session, { consequence, question: `Remove ${peer}?`, yes })
      const gone = await session.client.call('member.remove', { peer, ...(mesh !== undefined && { mesh }) })
      session.output.result(gone, `${gone.name} is removed.`)
    })

  for (const { name, role, summary, consequence, done } of roleChanges) {
    program
      .command(name)
      .argument(...peerArgument)
      .option(...meshOption)
      .option(...yesOption)
      .summary(summary)
      .description(`${summary.charAt(0).toUpperCase()}${summary.slice(1)}. ${consequence}`)
      .addHelpText('after', `\nExample:\n  fcn ${name} nas`)
      .action(async (peer: string, { mesh, yes }: MemberOptions) => {
        const session = open()
        await agreed(session, { consequence, question: `Make ${peer} ${role === 'admin' ? 'an admin' : 'a member'}?`, yes })
        const changed = await session.client.call('member.setRole', { peer, role, ...(mesh !== undefined && { mesh }) })
        session.output.result(changed, `${changed.name} ${done}`)
      })
  }

  addBlockCommands(program, open)
}

function addBlockCommands(program: Command, open: OpenSession): void {
  program
    .command('block')
    .argument(...peerArgument)
    .option(...yesOption)
    .summary('refuse a node here')
    .description('Refuses a node on this node only, whoever introduces it. To remove it for everybody: fcn remove.')
    .addHelpText('after', '\nExample:\n  fcn block laptop')
    .action(async (peer: string, { yes }: MemberOptions) => {
      const session = open()
      const consequence = `This node will neither answer ${peer} nor ask it for anything. Other members still do.`
      await agreed(session, { consequence, question: `Block ${peer}?`, yes })
      const blocked = await session.client.call('peer.block', { peer })
      session.output.result(blocked, `${blocked.name} is blocked here. Take it back: fcn unblock ${blocked.id}`)
    })

  program
    .command('unblock')
    .argument('<node>', 'name or id, from fcn blocked')
    .summary('stop refusing a node')
    .description('Stops refusing a node. It is a peer again where it is a member, and may ask to join.')
    .addHelpText('after', '\nExample:\n  fcn unblock laptop')
    .action(async (peer: string) => {
      const { client, output } = open()
      const unblocked = await client.call('peer.unblock', { peer })
      output.result(unblocked, `${unblocked.name} is blocked no more.`)
    })

  program
    .command('blocked')
    .summary('nodes that this node refuses')
    .description('Lists the nodes that this node refuses, whoever introduces them.')
    .action(async () => {
      const { client, output } = open()
      // the contract has no list of its own for what is a handful
      const blocked = Object.values((await client.call('snapshot.get', {})).blocked)
      const rows = blocked.map(({ id, name, at, why }) => [name, id, stamp(at), why === 'request' ? 'asked to join' : 'was a peer'])
      output.result(blocked, table(['name', 'node', 'since', 'when it'], rows) || 'Nobody is blocked here.')
    })
}
