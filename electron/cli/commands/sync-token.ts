import { Argument, type Command } from 'commander'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'
import { ago, stamp } from '../time-text.ts'

/** Tokens with which others may sync with this node, and do nothing else. */
export function addSyncTokenCommands(sync: Command, open: OpenSession): void {
  const list = async () => {
    const { client, output, now } = open()
    const tokens = await client.call('sync.token.list', {})
    const rows = tokens.map(({ id, name, createdAt, lastUsedAt, lastUsedFrom }) => [
      name,
      stamp(createdAt),
      lastUsedAt === null ? 'never' : `${ago(lastUsedAt, now())} from ${lastUsedFrom}`,
      id,
    ])
    output.result(tokens, table(['for', 'made', 'last used', 'id'], rows) || 'No sync tokens yet. Make one: fcn sync token create <name>')
  }

  const group = sync
    .command('token')
    .addArgument(new Argument('[command]', 'lists them without one').choices(['create', 'list', 'revoke']))
    .summary('tokens by which others sync with this node')
    .description('Lists, makes or takes back the tokens with which others may sync with this node, and do nothing else.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn sync token create "Grandma\'s box"\n  fcn sync token revoke "Grandma\'s box"\n\nAn old node takes it as MESH_TOKEN, with the address of this node as MESH_HUB.',
    )
    .action(list)

  group
    .command('create')
    .argument('<name>', 'for whom it is, e.g. "Grandma\'s box"')
    .description('Makes a token and prints it. It is shown this once and not kept.')
    .action(async (name: string) => {
      const session = open()
      const made = await session.client.call('sync.token.create', { name })
      await noteUse(session)
      session.output.result(made, made.secret)
    })

  group.command('list').description('Lists the sync tokens, and when and from where each was used last.').action(list)

  group
    .command('revoke')
    .argument('<token>', 'name or id of the token')
    .description('Takes a token back; it stops working at once. What was synced with it stays.')
    .action(async (id: string) => {
      const { client, output } = open()
      const revoked = await client.call('sync.token.revoke', { id })
      output.result(revoked, `The token for ${revoked.name} is taken back. What was synced with it stays.`)
    })
}

async function noteUse({ client, output }: Session): Promise<void> {
  const { urls } = await client.call('node.get', {})
  const { encryptedPeersOnly } = await client.call('settings.get', {})
  output.note(`It is shown this once. The other node needs it as MESH_TOKEN, and MESH_HUB=${urls[0] ?? '<address of this node>'}`)
  output.note(
    encryptedPeersOnly
      ? 'This node takes encrypted connections only, and sync is plain HTTP: switch encryptedPeersOnly off, or the token works on this computer only.'
      : 'It goes over plain HTTP: anyone on the way can read it. Use it in a network you trust.',
  )
}
