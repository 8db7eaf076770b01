import type { Command } from 'commander'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { ago } from '../time-text.ts'

export function addRequestCommands(program: Command, open: OpenSession): void {
  program
    .command('requests')
    .summary('nodes that ask to be let in')
    .description('Lists the nodes that ask to be let into a mesh of this node.')
    .action(async () => {
      const { client, output, now } = open()
      const requests = await client.call('request.list', {})
      const rows = requests.map(({ id, node, mesh, address, createdAt }) => [
        id,
        node.name,
        mesh.name,
        node.id,
        address,
        ago(createdAt, now()),
      ])
      output.result(requests, table(['id', 'name', 'mesh', 'node', 'address', 'asked'], rows) || 'Nobody asks to be let in.')
    })

  program
    .command('approve')
    .argument('<request>', 'id of the request, or the name of the node when only one has it')
    .summary('let a node in')
    .description('Lets a node into the mesh. Compare its id with the one on its own screen first.')
    .addHelpText('after', '\nExample:\n  fcn requests\n  fcn approve laptop')
    .action(async (id: string) => {
      const { client, output } = open()
      const { node, mesh, ...request } = await client.call('request.approve', { id })
      output.result({ node, mesh, ...request }, `${node.name} is a member of ${mesh.name} now.`)
    })

  program
    .command('reject')
    .argument('<request>', 'id of the request, or the name of the node when only one has it')
    .summary('decline a request')
    .description('Declines the request of a node to be let in.')
    .addHelpText('after', '\nExample:\n  fcn reject laptop')
    .action(async (id: string) => {
      const { client, output } = open()
      const request = await client.call('request.reject', { id })
      output.result(request, `The request of ${request.node.name} is declined.`)
    })
}
