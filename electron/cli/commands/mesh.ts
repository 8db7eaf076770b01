import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import writeFileAtomic from 'write-file-atomic'
import { FcnError } from '../../agent/errors.ts'
import { issueText } from '../../agent/support/issue-text.ts'
import { type MeshFile, meshFile } from '../../contract/mesh-file.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { stamp } from '../time-text.ts'

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
      output.result(mesh, `${mesh.name} is made: ${mesh.id}\nOthers join it with: fcn join ${urls[0] ?? '<address of this node>'}`)
    })

  program
    .command('leave')
    .argument('<mesh>', 'name or id of the mesh')
    .summary('leave a mesh')
    .description('Leaves a mesh. Its members are told and forget this node.')
    .addHelpText('after', '\nExample:\n  fcn leave Home')
    .action(async (mesh: string) => {
      const { client, output } = open()
      const left = await client.call('mesh.leave', { mesh })
      output.result(left, `This node has left ${left.name}.`)
    })

  addMeshFileCommands(program, open)
}

function addMeshFileCommands(program: Command, open: OpenSession): void {
  const list = async () => {
    const { client, output } = open()
    const meshes = await client.call('mesh.list', {})
    const rows = meshes.map((mesh) => [mesh.name, mesh.role, `${mesh.online} of ${mesh.members}`, stamp(mesh.joinedAt), mesh.id])
    output.result(meshes, table(['name', 'role', 'online', 'since', 'id'], rows) || 'No mesh yet. Make one: fcn create <name>')
  }

  const group = program
    .command('mesh')
    .addArgument(new Argument('[command]', 'lists the meshes without one').choices(['list', 'export', 'import']))
    .summary('list meshes; export or import mesh.json')
    .description('Lists the meshes of this node, or exports and imports mesh.json, the file of older nodes.')
    .addHelpText('after', '\nExamples:\n  fcn mesh\n  fcn mesh export mesh.json\n  fcn mesh import mesh.json')
    .action(list)

  group.command('list').description('Lists the meshes of this node.').action(list)

  group
    .command('export')
    .argument('[file]', 'where to write it; without it, to the terminal')
    .option('--mesh <mesh>', 'only this mesh, by name or id')
    .description('Writes what this node knows as mesh.json.')
    .addHelpText('after', '\nExample:\n  fcn mesh export mesh.json')
    .action(async (file: string | undefined, options: { mesh?: string }) => {
      const { client, output } = open()
      const content = await client.call('mesh.export', options)
      const text = JSON.stringify(content, null, 2)
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
      const skipped = result.skipped.map(({ name, problem }) => [name, problem.message])
      const summary = `${result.added} added, ${result.updated} updated, ${result.skipped.length} skipped.`
      output.result(result, [summary, table(['skipped', 'why'], skipped)].filter(Boolean).join('\n'))
    })
}

async function writeExport(file: string, text: string): Promise<void> {
  await writeFileAtomic(file, text).catch((cause: Error) => {
    throw new FcnError('invalid_input', `The file ${file} cannot be written: ${cause.message}.`, { cause })
  })
}

async function readMeshFile(file: string): Promise<MeshFile> {
  const content = await readLimited(file)
  const result = meshFile.safeParse(content)
  if (result.success) return result.data
  throw new FcnError('invalid_input', `The file ${file} is no mesh.json: ${issueText(result.error)}.`)
}

async function readLimited(file: string): Promise<unknown> {
  try {
    if ((await stat(file)).size > maxFile) throw new FcnError('too_large', `The file ${file} is larger than ${maxFile / 1024 / 1024} MiB.`)
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    if (cause instanceof FcnError) throw cause
    if (cause instanceof SyntaxError)
      throw new FcnError('invalid_input', `The file ${file} is not valid JSON: ${cause.message}.`, { cause })
    throw new FcnError('not_found', `The file ${file} cannot be read: ${(cause as Error).message}.`, { cause })
  }
}
