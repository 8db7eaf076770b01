import { type Command, InvalidArgumentError, Option } from 'commander'
import { FcnError } from '../../../agent/errors.ts'
import type { AiTerms } from '../../../contract/ai.ts'
import { countUpTo } from '../../argument.ts'
import type { OpenSession } from '../../session.ts'
import { table } from '../../table.ts'
import { termsText } from './ai.ts'

interface TermOptions {
  model?: string[]
  to?: string
  allModels?: true
  tokens?: number | 'none'
}

/** `ai terms`, `ai usage`: what peers may have, and what they had. */
export function addSharingCommands(group: Command, open: OpenSession): void {
  group
    .command('terms')
    .option('--model <name...>', 'these models …')
    .option('--to <who>', '… to everybody (all), nobody (none), or peers by name or id, with commas between')
    .option('--all-models', 'every model, to everybody who may use the capability')
    .addOption(new Option('--tokens <count>', 'most tokens that one peer may have in a day; none for no limit').argParser(tokens))
    .description('Says which models peers may use, who, and how much of them. Who may use the capability at all: fcn grant.')
    .addHelpText(
      'after',
      '\nExamples:\n  fcn ai terms\n  fcn ai terms --model llama3.2:3b --to all\n  fcn ai terms --model llama3.3:70b --to mia-laptop --tokens 200000',
    )
    .action(async (options: TermOptions) => {
      const { client, output } = open()
      const view = await client.call('ai.get', {})
      const peers = options.to === undefined ? [] : await client.call('peer.list', {})
      const change = changeFrom(options, view.terms, (name) => idOf(peers, name))
      const { terms } = Object.keys(change).length === 0 ? view : await client.call('ai.set', { terms: change })
      output.result(terms, termsText({ terms }))
    })
  group
    .command('usage')
    .addOption(new Option('--days <count>', 'how far back').argParser(countUpTo(31)).default(7))
    .description('Tokens that went to peers and came from them, by day.')
    .action(async ({ days }: { days: number }) => {
      const { client, output } = open()
      const usage = await client.call('ai.usage', { days })
      const rows = usage.map(({ day, peer, direction, requests, tokensIn, tokensOut }) => [
        ...[day, peer.name, direction === 'served' ? 'used models here' : 'was used from here'],
        ...[requests, tokensIn, tokensOut].map(String),
      ])
      output.result(usage, table(['day', 'peer', '', 'requests', 'tokens read', 'tokens written'], rows) || 'Nothing yet.')
    })
}

function tokens(text: string): number | 'none' {
  if (text === 'none') return text
  if (!/^[1-9]\d{0,11}$/u.test(text)) throw new InvalidArgumentError('It is a number of tokens, or none.')
  return Number(text)
}

function changeFrom(
  { model = [], to, allModels, tokens: limit }: TermOptions,
  terms: AiTerms,
  idOf: (name: string) => string,
): Partial<AiTerms> {
  if (model.length > 0 !== (to !== undefined) || (allModels && model.length > 0)) {
    throw new FcnError('usage', 'Say which models, and to whom; or all models.', { action: 'See: fcn ai terms --help' })
  }
  const who: 'all' | string[] = to === 'all' ? 'all' : to === 'none' ? [] : (to?.split(',') ?? []).map((name) => idOf(name.trim()))
  const named = Object.fromEntries(model.map((name) => [name, who]))
  return {
    ...(allModels && { models: null }),
    ...(model.length > 0 && { models: { ...terms.models, ...named } }),
    ...(limit !== undefined && { tokensPerPeerAndDay: limit === 'none' ? null : limit }),
  }
}

/** Throws `not_found`, `ambiguous`. */
function idOf(peers: readonly { id: string; name: string }[], name: string): string {
  const byId = peers.find(({ id }) => id === name)
  if (byId !== undefined) return byId.id
  const named = peers.filter((peer) => peer.name.toLowerCase() === name.toLowerCase())
  const [only] = named
  if (only !== undefined && named.length === 1) return only.id
  throw new FcnError(
    named.length === 0 ? 'not_found' : 'ambiguous',
    `“${name}” is ${named.length === 0 ? 'no peer' : 'more than one peer'} here.`,
    {
      action: 'Use a name or id from: fcn peers',
    },
  )
}
