import { resolve } from 'node:path'
import { Argument, type Command } from 'commander'
import type { OpenSession, Session } from '../../session.ts'
import { readTextFile } from '../../text-file.ts'
import { engineText } from './ai.ts'

/** A key has at most 512 characters, bytes. */
const maxKey = 2048

/** `ai engine …` and `ai file …`: what runs models here. */
export function addEngineCommands(group: Command, open: OpenSession): void {
  const engine = group
    .command('engine')
    .addArgument(new Argument('[command]', 'lists them without one').choices(['list', 'add', 'remove']))
    .description('Lists the programs that run models for this node. Those on their usual ports are found by themselves.')
    .addHelpText('after', '\nExamples:\n  fcn ai engine\n  fcn ai engine add http://192.168.1.30:8000 --key-file - < key')
    .action(() => list(open()))
  engine
    .command('list')
    .description('Lists the engines.')
    .action(() => list(open()))
  engine
    .command('add')
    .argument('<url>', 'address of a model server, of any dialect')
    .option('--name <name>', 'what to call it')
    .option('--key-file <file>', 'a file that holds its key; - for standard input')
    .description('Uses a model server beside those that are found.')
    .addHelpText('after', '\nExamples:\n  fcn ai engine add http://192.168.1.30:8080 --name "Workshop"')
    .action(async (url: string, { name, keyFile }: { name?: string; keyFile?: string }) => {
      const session = open()
      const key = keyFile === undefined ? undefined : await readKey(session, keyFile)
      const added = await session.client.call('ai.engine.add', {
        url,
        ...(name !== undefined && { name }),
        ...(key !== undefined && { key }),
      })
      session.output.result(added, engineText({ engines: [added] }))
    })
  engine
    .command('remove')
    .argument('<engine>', 'its id, name or address')
    .description('Uses a given model server no longer.')
    .action(async (reference: string) => {
      const { client, output } = open()
      const removed = await client.call('ai.engine.remove', { engine: reference })
      output.result(removed, `${removed.name} at ${removed.url} is used no longer.`)
    })
  addFileCommands(group, open)
}

function addFileCommands(group: Command, open: OpenSession): void {
  const file = group.command('file').description('Model files (GGUF) that this node runs by itself, with the optional engine.')
  file
    .command('add')
    .argument('<path>', 'a GGUF file')
    .option('--name <model>', 'the name of the model; that of the file without it')
    .description('Runs a model file.')
    .addHelpText('after', '\nExamples:\n  fcn ai file add ~/models/llama-3.2-3b-q4.gguf --name llama3.2:3b')
    .action(async (path: string, { name }: { name?: string }) => {
      const { client, output } = open()
      const added = await client.call('ai.file.add', { path: resolve(path), ...(name !== undefined && { name }) })
      output.result(added, `This node runs ${added.path} as ${added.model}.`)
    })
  file
    .command('remove')
    .argument('<model>')
    .description('Runs a model file no longer; the file stays.')
    .action(async (model: string) => {
      const { client, output } = open()
      const removed = await client.call('ai.file.remove', { model })
      output.result(removed, `This node runs ${removed.model} no longer. The file stays.`)
    })
}

/** A key never comes as an argument: other users of this computer see those, and shells keep them. */
const readKey = async ({ terminal }: Session, file: string) =>
  (file === '-' ? await terminal.readInput(maxKey) : await readTextFile(resolve(file), maxKey)).trim()

async function list({ client, output }: Session): Promise<void> {
  const { engines } = await client.call('ai.get', {})
  output.result(engines, engineText({ engines }))
}
