import { resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import writeFileAtomic from 'write-file-atomic'
import { FcnError } from '../../agent/errors.ts'
import { issueText } from '../../agent/support/issue-text.ts'
import { type MeshFile, meshFile } from '../../contract/mesh-file.ts'
import type { LocalClient } from '../client.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { printableJson } from '../terminal-text.ts'
import { readTextFile } from '../text-file.ts'
import { stamp } from '../time-text.ts'
import { addRecoveryCommands } from './recovery.ts'

/** A mesh.json of the thousand nodes it may hold stays far below this (bytes). */
const maxFile = 16 * 1024 * 1024

export function addMeshCommands(program: Command, open: OpenSession): void {
  program
    .command('create')
    .argument('<name>', 'name of the new mesh')
    .summary('make a mesh')
    .description('Makes a mesh with this node as its admin.')
    .addHelpText('after', '\nExample:\n  fcn create Home')
    .action(async (name: string) => {
      const { client, output } = open()
      const mesh = await client.call('mesh.create', { name })
      const { urls } = await client.call('node.get', {})
      output.result(
        mesh,
        `${mesh.name} is made: ${mesh.id}\nOthers join it with: fcn join ${urls[0] ?? '<address of this node>'}\nOr invite them: fcn invite`,
      )
    })

  program
    .command('leave')
    .argument('<mesh>', 'name or id of the mesh')
    .option('--force', 'leave although others stay behind without an admin')
    .summary('leave a mesh')
    .description('Leaves a mesh. Its members are told and forget this node.')
    .addHelpText('after', '\nExample:\n  fcn leave Home')
    .action(async (mesh: string, { force }: { force?: true }) => {
      const { client, output } = open()
      const left = await client.call('mesh.leave', { mesh, ...(force && { force }) })
      output.result(left, `This node has left ${left.name}.`)
    })

  addMeshFileCommands(program, open)
}

function addMeshFileCommands(program: Command, open: OpenSession): void {
  const list = async () => {
    const { client, output } = open()
    const meshes = await client.call('mesh.list', {})
    const hubsOf = await hubNames(client)
    const rows = meshes.map(({ name, role, online, members, joinedAt, id }) => [
      ...[name, role, `${online} of ${members}`, hubsOf(id).join(', ') || '-'],
      ...[stamp(joinedAt), id],
    ])
    output.result(meshes, table(['name', 'role', 'online', 'hubs', 'since', 'id'], rows) || 'No mesh yet. Make one: fcn create <name>')
  }

  const group = program
    .command('mesh')
    .addArgument(new Argument('[command]', 'lists the meshes without one').choices(['list', 'rename', 'recovery', 'export', 'import']))
    .summary('list or rename meshes; recovery file; mesh.json')
    .description(
      'Lists the meshes of this node and their hubs, renames one, keeps its root key in a recovery file, or exports and imports mesh.json, the file of older nodes.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  fcn mesh\n  fcn mesh rename Home "Maple Street"\n  fcn mesh recovery export Home\n  fcn mesh import mesh.json',
    )
    .action(list)

  group.command('list').description('Lists the meshes of this node.').action(list)

  group
    .command('rename')
    .argument('<mesh>', 'name or id of the mesh')
    .argument('<name>', 'its new name')
    .description('Renames a mesh for everybody in it.')
    .addHelpText('after', '\nExample:\n  fcn mesh rename Home "Maple Street"')
    .action(async (mesh: string, name: string) => {
      const { client, output } = open()
      const renamed = await client.call('mesh.rename', { mesh, name })
      output.result(renamed, `The mesh is called ${renamed.name} now.`)
    })

  addRecoveryCommands(group, open)

  group
    .command('export')
    .argument('[file]', 'where to write it; without it, to the terminal')
    .option('--mesh <mesh>', 'only this mesh, by name or id')
    .description('Writes what this node knows as mesh.json.')
    .addHelpText('after', '\nExample:\n  fcn mesh export mesh.json')
    .action(async (file: string | undefined, options: { mesh?: string }) => {
      const { client, output } = open()
      const content = await client.call('mesh.export', options)
      const text = printableJson(content, 2)
      if (file === undefined) return output.result(content, text)
      await writeExport(resolve(file), `${text}\n`)
      output.result({ file: resolve(file), nodes: content.nodes.length }, `${content.nodes.length} nodes written to ${resolve(file)}.`)
    })

  group
    .command('import')
    .argument('<file>', 'a mesh.json')
    .description('Takes nodes and policies from a mesh.json.')
    .addHelpText('after', '\nExample:\n  fcn mesh import mesh.json')
    .action(async (file: string) => {
      const { client, output } = open()
      const result = await client.call('mesh.import', { file: await readMeshFile(resolve(file)) })
      const { taken, kept } = result.policies
      const skipped = [
        ...result.skipped.map(({ name, problem }) => [name, problem.message]),
        ...kept.map(({ capability, problem }) => [`policy for ${capability}`, `${problem.message} It is kept for the file only.`]),
      ]
      const summary = `${result.added} added, ${result.updated} updated, ${result.skipped.length} skipped.`
      const decided = taken.length > 0 && `Policies for ${taken.join(', ')} are decided for the mesh as the file says.`
      output.result(result, [summary, decided, table(['skipped', 'why'], skipped)].filter(Boolean).join('\n'))
    })
}

/** The hubs of a mesh by name, this node first when it is one. */
async function hubNames(client: LocalClient): Promise<(mesh: string) => string[]> {
  const [hubs, peers] = await Promise.all([client.call('hub.list', {}), client.call('peer.list', {})])
  return (mesh) => [
    ...hubs.filter(({ id, on, whyNot }) => id === mesh && on && whyNot === null).map(() => 'this node'),
    ...peers.filter(({ hubOf }) => hubOf.includes(mesh)).map(({ name }) => name),
  ]
}

async function writeExport(file: string, text: string): Promise<void> {
  await writeFileAtomic(file, text).catch((cause: Error) => {
    throw new FcnError('invalid_input', `The file ${file} cannot be written: ${cause.message}.`, { cause })
  })
}

async function readMeshFile(file: string): Promise<MeshFile> {
  const result = meshFile.safeParse(parsed(await readTextFile(file, maxFile), file))
  if (result.success) return result.data
  throw new FcnError('invalid_input', `The file ${file} is no mesh.json: ${issueText(result.error)}.`)
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new FcnError('invalid_input', `The file ${file} is not valid JSON: ${(cause as Error).message}.`, { cause })
  }
}
