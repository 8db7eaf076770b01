import type { Command } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { OpenSession } from '../session.ts'

export function addIdentityCommands(program: Command, open: OpenSession): void {
  const group = program
    .command('identity')
    .summary('make this a new node')
    .description('The key that says which node this is. Two machines with one key, after a copied disk, must not both keep it.')
    .addHelpText('after', '\nExample:\n  fcn identity renew')

  group
    .command('renew')
    .option('--id <id>', 'the id of this node as it is now, to go on without a question')
    .description('Makes this a new node with a new key at its next start. All its meshes are left behind; the old key is kept aside.')
    .action(async (options: { id?: string }) => {
      const { client, terminal, output } = open()
      if (options.id === undefined && !terminal.interactive) {
        throw new FcnError('usage', 'A new identity needs your word: all meshes are left behind.', {
          action: 'Give the id of this node as it is now: fcn identity renew --id <id>.',
        })
      }
      const id = options.id ?? (await typedId())
      const answer = await client.call('identity.renew', { id })
      output.result(answer, 'This will be a new node when it is started again. Its old key is kept aside in the data folder.')

      async function typedId(): Promise<string> {
        const node = await client.call('node.get', {})
        output.note(`${node.name} will get a new id and leave all its meshes. Its peers must let it in again.`)
        output.note(`Its id is ${node.id}.`)
        return (await terminal.ask('Type the id to go on:')).trim()
      }
    })
}
