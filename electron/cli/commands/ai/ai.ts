import { Argument, type Command } from 'commander'
import type { AiView } from '../../../contract/ai.ts'
import type { OpenSession, Session } from '../../session.ts'
import { aligned, table } from '../../table.ts'
import { addAskCommand } from './ask.ts'
import { addEngineCommands } from './engines.ts'
import { addNameCommands } from './names.ts'
import { addSharingCommands } from './sharing.ts'

const commands = ['engine', 'file', 'alias', 'port', 'key', 'terms', 'usage', 'ask']

/** Engines, names, ports and terms of language models: `ai …`. */
export function addAiCommands(program: Command, open: OpenSession): void {
  const group = program
    .command('ai')
    .addArgument(new Argument('[command]', 'shows what is set up without one').choices(commands))
    .summary('engines, names and terms of language models')
    .description(
      'Shows which programs run models here, where programs on this computer ask for models, and on what terms peers may use them.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  fcn ai\n  fcn ai engine add http://192.168.1.30:8080\n  fcn ai alias fast llama3.2:3b qwen3:4b\n  fcn ai port ollama on\n  fcn ai ask fast "Why is the sky blue?"',
    )
    .action(() => show(open()))
  addEngineCommands(group, open)
  addNameCommands(group, open)
  addSharingCommands(group, open)
  addAskCommand(group, open)
}

async function show({ client, output }: Session): Promise<void> {
  const view = await client.call('ai.get', {})
  output.result(view, [addressText(view), '', engineText(view), '', termsText(view)].join('\n'))
}

export function engineText({ engines }: Pick<AiView, 'engines'>): string {
  const rows = engines.map(({ id, name, url, state, problem, models }) => {
    const count = models.length === 1 ? '1 model' : `${models.length} models`
    return [id, name, url, state, problem?.message ?? count]
  })
  return (
    table(['engine', 'program', 'address', 'state', 'detail'], rows) ||
    'No engine found here. Start Ollama, LM Studio or llama.cpp, or give one: fcn ai engine add <url>'
  )
}

export function addressText({ url, needsKey, doors }: AiView): string {
  const key = needsKey ? 'with the API key (fcn key)' : 'without a key on this computer, with the API key (fcn key) from others'
  const doorRow = ({ door, port, state, holder }: AiView['doors'][number]) => {
    const taken = holder === null ? 'taken by another program' : `taken by ${holder.name} (${holder.pid})`
    return [`port ${port}`, `${door}: ${state === 'taken' ? taken : state}`]
  }
  return aligned([['asked at', `${url}/v1 for OpenAI’s clients, ${url} for Ollama’s and Anthropic’s`], ['', key], ...doors.map(doorRow)])
}

export function termsText({ terms }: Pick<AiView, 'terms'>): string {
  const { models, tokensPerPeerAndDay: limit } = terms
  const which =
    models === null
      ? ['all of them, to everybody who may use the capability']
      : Object.entries(models).map(
          ([name, who]) => `${name}: ${who === 'all' ? 'everybody' : who.length === 0 ? 'nobody' : who.join(', ')}`,
        )
  return aligned([
    ['shared', which[0] ?? 'none'],
    ...which.slice(1).map((line) => ['', line]),
    ['limit', limit === null ? 'no limit' : `${limit} tokens for each peer and day`],
  ])
}
