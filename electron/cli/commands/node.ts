import type { Command } from 'commander'
import type { CallOutput } from '../../contract/calls.ts'
import { portNumber } from '../argument.ts'
import { mappingWords } from '../../agent/network/port-mapping/mapping-words.ts'
import { codeText } from '../code-text.ts'
import { approverOf, needsConfirming } from '../join-progress.ts'
import { pausedText, pauseEnd } from '../paused-text.ts'
import type { OpenSession } from '../session.ts'
import { aligned } from '../table.ts'
import { ago } from '../time-text.ts'

export function addNodeCommands(program: Command, open: OpenSession, exit: (code: number) => void): void {
  program
    .command('start')
    .summary('run a node here, without a window')
    .description('Runs a node in this terminal until ctrl-C, without a window; the same as npm start -- --headless.')
    .option('--name <name>', 'name of this computer in its meshes')
    .option('--port <port>', 'TCP port; without it 3000, or the next free one up to 3019', portNumber)
    .option('--host <address>', 'address to listen on; without it every interface')
    .addHelpText('after', '\nExample:\n  fcn start --name nas --port 3000 --data /srv/fcn')
    .action(async (options: { name?: string; port?: number; host?: string }) => {
      const session = open()
      const chosen = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
      exit(await session.runHeadless(['--data', session.dataDir, ...chosen]))
    })

  program
    .command('status')
    .summary('this node, its meshes and what needs attention')
    .description('Shows this node, its addresses and meshes, and what needs your attention.')
    .addHelpText('after', '\nExamples:\n  fcn status\n  fcn status --json | jq -r .id')
    .action(async () => {
      const { client, output, now } = open()
      const all = await client.call('snapshot.get', {})
      const { node } = all
      const document = {
        ...node,
        meshes: Object.values(all.meshes),
        peers: Object.values(all.peers),
        requests: Object.values(all.requests),
        joins: Object.values(all.joins),
        health: Object.values(all.health),
        resources: all.resources,
        sharing: all.sharing,
      }
      output.result(document, statusText(all, now()))
    })

  program
    .command('open')
    .summary('print a link that opens the page')
    .description('Prints a link that opens the page of this node in a browser on this computer. It works once, within a minute.')
    .addHelpText('after', '\nExample:\n  xdg-open "$(fcn open)"')
    .action(async () => {
      const { client, output } = open()
      const link = await client.call('page.link', {})
      output.result(link, link.url)
    })
}

function statusText({ node, ...all }: CallOutput<'snapshot.get'>, now: number): string {
  const online = Object.values(all.peers).filter((peer) => peer.state === 'online').length
  const total = Object.keys(all.peers).length
  const moved = node.movedFromPort === null ? [] : [['', `port ${node.movedFromPort} was taken, so this node uses ${node.port}`]]
  const rows = [
    ['Name', node.name],
    ['Id', node.id],
    ['State', `${node.state}, started ${ago(node.startedAt, now)}`],
    ...(node.urls.length > 0 ? node.urls : [`port ${node.port}`]).map((url, index) => [index === 0 ? 'Addresses' : '', url]),
    ...moved,
    ...routerRows(node.portMapping),
    ['Page', 'fcn open prints a link to it'],
    ['Data', node.dataDir],
    ['Version', `${node.version}, ${node.face}, ${node.os}`],
    ['Keys', keyText(node)],
    ...meshRows(Object.values(all.meshes)),
    ...sharingRows(all, now),
    ['Peers', total === 0 ? 'none' : `${online} of ${total} online`],
    ...Object.values(all.requests).map(({ id, node: asker, mesh }) => [
      'Request',
      `${asker.name} asks to join ${mesh.name}: fcn approve ${id}`,
    ]),
    ...Object.values(all.joins)
      .filter(needsConfirming)
      .map((join) => ['Join', `does ${approverOf(join)} show ${codeText(join.code)}? fcn confirm ${join.id}`]),
    ...Object.values(all.health).map(({ title, text, action }) => [
      'Attention',
      [`${title}.`, text, action ?? ''].filter(Boolean).join(' '),
    ]),
  ]
  return aligned(rows)
}

/** What peers do not get now although it is offered. */
function sharingRows({ sharing: { pause }, capabilities }: Pick<CallOutput<'snapshot.get'>, 'sharing' | 'capabilities'>, now: number) {
  if (pause !== null) return [['Sharing', `paused ${pauseEnd(pause.until, now)}`]]
  return Object.values(capabilities).flatMap(({ name, paused }) =>
    paused === null ? [] : [['Sharing', `${name}: ${pausedText(paused, now)}`]],
  )
}

function routerRows(view: CallOutput<'node.get'>['portMapping']): string[][] {
  switch (view.state) {
    case 'off':
      return []
    case 'asking':
      return [['Router', 'is asked to let the internet in']]
    case 'mapped':
      return [['Router', `lets the internet in at ${view.address}:${view.port} (${view.by})`]]
    case 'failed':
      return [['Router', `does not let the internet in: ${mappingWords(view).title}`]]
  }
}

function meshRows(meshes: readonly { name: string; role: string; online: number; members: number }[]): string[][] {
  if (meshes.length === 0) return [['Meshes', 'none yet: fcn create <name> makes one, fcn join <url> joins one']]
  return meshes.map((mesh, index) => [index === 0 ? 'Meshes' : '', `${mesh.name} (${mesh.role}, ${mesh.online} of ${mesh.members} online)`])
}

function keyText({ keyProtection: { kind, backend, why } }: CallOutput<'node.get'>): string {
  if (kind === 'keystore') return `protected by ${backend ?? 'the key store of this computer'}`
  return ['in files that only their owner can read', why ?? ''].filter(Boolean).join('; ')
}
