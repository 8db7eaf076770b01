import { Argument, type Command, Option } from 'commander'
import { isLoopbackName } from '../../agent/support/loopback.ts'
import { errorTable } from '../../contract/error-codes.ts'
import { type SyncEvery, syncEvery, type SyncHubView } from '../../contract/hub-sync.ts'
import { readHub, readToken } from '../hub-source.ts'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'
import { ago, ahead } from '../time-text.ts'
import { addSyncTokenCommands } from './sync-token.ts'

type Exit = (code: number) => void

const everyOption = () => new Option('--every <time>', 'how often by itself; an hour without it').choices(syncEvery.options)

/** Sync to hubs of the old world, and the tokens by which others sync with this node. */
export function addSyncCommands(program: Command, open: OpenSession, exit: Exit): void {
  const run = async (hub?: string) => {
    const session = open()
    report(session, await session.client.call('sync.run', { ...(hub !== undefined && { hub }) }), exit)
  }

  const group = program
    .command('sync')
    .addArgument(new Argument('[command]', 'syncs to all hubs now without one').choices(['run', 'add', 'list', 'set', 'remove', 'token']))
    .summary('sync mesh.json with a hub, now and by itself')
    .description(
      'Sends what this node knows as mesh.json to its hubs and takes in the merged one, as the update script of older nodes does. Ends with an error when a hub fails.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  fcn sync\n  fcn sync add http://192.168.1.20:3000\n  fcn sync add --env /opt/node/.env\n  fcn sync token create "Grandma\'s box"',
    )
    .action(() => run())

  group.command('run').argument('[hub]', 'URL or host of one hub; all without it').description('Syncs now.').action(run)

  group
    .command('add')
    .argument('[url]', 'address of the hub; from MESH_HUB without it')
    .addOption(everyOption())
    .option('--env <file>', 'environment file of an old node: takes MESH_HUB and MESH_TOKEN from it')
    .option('--token-file <file>', 'a file that holds the token; - for standard input')
    .description('Syncs to a hub from now on. Its token is asked for, or comes from a file or MESH_TOKEN.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn sync add http://192.168.1.20:3000\n  fcn sync add http://192.168.1.20:3000 --every 15min --token-file - < token\n  fcn sync add --env /opt/node/.env',
    )
    .action(async (url: string | undefined, { every, ...source }: { every?: SyncEvery; env?: string; tokenFile?: string }) => {
      const session = open()
      const hub = await readHub(session, { url, env: source.env, tokenFile: source.tokenFile })
      const added = await session.client.call('sync.hub.add', { ...hub, ...(every && { every }) })
      noteUnencrypted(session, added)
      report(session, await session.client.call('sync.run', { hub: added.id }), exit)
    })

  addListCommands(group, open)
  addSyncTokenCommands(group, open)
}

function addListCommands(group: Command, open: OpenSession): void {
  group
    .command('list')
    .description('Lists the hubs that this node syncs to.')
    .action(async () => {
      const { client, output, now } = open()
      const hubs = await client.call('sync.hub.list', {})
      const rows = hubs.map((hub) => [hub.url, hub.every, lastText(hub, now()), nextText(hub, now()), hub.problem?.message ?? ''])
      output.result(hubs, table(['hub', 'every', 'last sync', 'next', 'problem'], rows) || noHub)
    })

  group
    .command('set')
    .argument('<hub>', 'URL or host of the hub')
    .addOption(everyOption())
    .option('--token-file <file>', 'a file that holds its new token; - for standard input')
    .description('Changes how often this node syncs to a hub, or with which token.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn sync set 192.168.1.20:3000 --every day\n  fcn sync set 192.168.1.20:3000 --token-file - < token',
    )
    .action(async (hub: string, { every, tokenFile }: { every?: SyncEvery; tokenFile?: string }) => {
      const session = open()
      const token = tokenFile === undefined ? undefined : await readToken(session, tokenFile)
      const change = { ...(every && { every }), ...(token !== undefined && { token }) }
      const changed = await session.client.call('sync.hub.set', { hub, ...change })
      const how = changed.every === 'off' ? 'only on demand' : `every ${changed.every}`
      session.output.result(changed, `This node syncs to ${changed.url} ${how}.`)
    })

  group
    .command('remove')
    .argument('<hub>', 'URL or host of the hub')
    .description('Syncs to a hub no longer. What came from it stays; its token still works there until it is taken back there.')
    .action(async (hub: string) => {
      const { client, output } = open()
      const removed = await client.call('sync.hub.remove', { hub })
      output.result(removed, `This node syncs to ${removed.url} no longer. What came from it stays.`)
    })
}

const noHub = 'No hub to sync to yet. Add one: fcn sync add <url>'

/** One line per hub, what to do about those that failed, and their exit code. */
function report({ output }: Session, hubs: readonly SyncHubView[], exit: Exit): void {
  output.result(hubs, table(['hub', 'result'], hubs.map((hub) => [hub.url, resultText(hub)])) || noHub) // prettier-ignore
  const problems = hubs.flatMap(({ problem }) => problem ?? [])
  for (const action of new Set(problems.flatMap((problem) => problem.action ?? []))) output.note(action)
  const [first] = problems
  if (first) exit(errorTable[first.code].exit)
}

function resultText({ problem, lastOk }: SyncHubView): string {
  if (problem) return problem.message
  return lastOk === null ? 'nothing yet' : `${lastOk.added} added, ${lastOk.updated} updated, ${lastOk.skipped} skipped`
}

const lastText = ({ lastOk }: SyncHubView, now: number) => (lastOk === null ? 'never' : ago(lastOk.at, now))

function nextText({ running, nextAt }: SyncHubView, now: number): string {
  if (running) return 'now'
  return nextAt === null ? '-' : ahead(nextAt, now)
}

function noteUnencrypted({ output }: Session, { url }: SyncHubView): void {
  const { protocol, hostname, host } = new URL(url)
  if (protocol === 'https:' || isLoopbackName(hostname)) return
  output.note(`Token and mesh.json go to ${host} unencrypted: anyone on the way can read them. Use it in a network you trust.`)
}
