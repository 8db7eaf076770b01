import type { Command } from 'commander'
import type { ModelPlace, ModelView } from '../../contract/ai.ts'
import { amountText } from '../amount-text.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'
import { whyNotText } from '../why-not-text.ts'

/** Language models of all meshes: `models`. */
export function addModelsCommand(program: Command, open: OpenSession): void {
  program
    .command('models')
    .argument('[part]', 'only those with this in their name')
    .summary('language models of your meshes, and where they are')
    .description(
      'Lists the language models that programs on this computer can use, where each is, how fast it is there, and why a place is not used.',
    )
    .addHelpText('after', "\nExamples:\n  fcn models\n  fcn models llama\n  fcn models --json | jq -r '.[].name'")
    .action(async (part: string | undefined) => {
      const { client, output } = open()
      const { models, aliases } = await client.call('ai.get', {})
      const wanted = models.filter(({ name }) => part === undefined || name.toLowerCase().includes(part.toLowerCase()))
      output.result(wanted, [table(titles, wanted.flatMap(rows)) || noModels(part), ...aliasLines(aliases)].join('\n'))
    })
}

const titles = ['model', 'size', 'context', 'where', 'now', 'speed']

/** One line per place; what is about the model itself stands in the first. */
function rows({ name, size, contextLength, places }: ModelView): string[][] {
  const about = [name, size === null ? '-' : amountText(size), contextLength === null ? '-' : String(contextLength)]
  return places.map((place, index) => [
    ...(index === 0 ? about : ['', '', '']),
    place.own ? `${place.node.name} (here)` : place.node.name,
    stateText(place),
    speedText(place),
  ])
}

function stateText({ whyNot, loaded, busy }: ModelPlace): string {
  if (whyNot !== null) return whyNotText[whyNot]
  const memory = loaded === null ? 'ready' : loaded ? 'in memory' : 'on disk'
  return busy === 0 ? memory : `${memory}, ${busy === 1 ? '1 request' : `${busy} requests`}`
}

function speedText({ firstTokenMs, tokensPerSecond }: ModelPlace): string {
  if (tokensPerSecond === null) return '-'
  const speed = `${tokensPerSecond < 10 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond)} tokens/s`
  return firstTokenMs === null ? speed : `${speed}, first after ${Math.round(firstTokenMs)} ms`
}

const noModels = (part: string | undefined) =>
  part === undefined
    ? 'No models yet. A node with Ollama, LM Studio or llama.cpp shares them: fcn capability ai on'
    : `No model has “${part}” in its name.`

function aliasLines(aliases: Readonly<Record<string, readonly string[]>>): string[] {
  const lines = Object.entries(aliases).map(([alias, models]) => `${alias} stands for ${models.join(', or ')}.`)
  return lines.length === 0 ? [] : ['', ...lines]
}
