import type { Command } from 'commander'
import { FcnError } from '../../../agent/errors.ts'
import type { TrialAnswer } from '../../../contract/ai.ts'
import type { OpenSession, Session } from '../../session.ts'
import { printableLines } from '../../terminal-text.ts'

/** `ai ask`: a chat of one question, to try a model. */
export function addAskCommand(group: Command, open: OpenSession): void {
  group
    .command('ask')
    .argument('<model>', 'a model, or a name of your own')
    .argument('<question...>')
    .description('Asks a model, and says where it ran and how fast.')
    .addHelpText('after', '\nExamples:\n  fcn ai ask llama3.2:3b "Why is the sky blue?"')
    .action(async (model: string, question: string[]) => {
      const session = open()
      const begun = await session.client.call('ai.trial.start', { model, messages: [{ role: 'user', text: question.join(' ') }] })
      const answer = await follow(session, begun)
      if (answer.problem !== null) throw FcnError.from(answer.problem)
      session.output.note(`\n${whereText(answer)}`)
    })
}

/** Shows the answer as it comes; the last word has all of it. */
async function follow({ client, output }: Session, begun: TrialAnswer): Promise<TrialAnswer> {
  let answer = begun
  let text = begun.text
  while (answer.state === 'running') {
    answer = await client.call('ai.trial.read', { id: begun.id, from: text.length })
    text += answer.text
    if (!output.json) await output.stream(printableLines(answer.text.replaceAll('\t', '  ')))
  }
  if (output.json) output.result({ ...answer, text }, '')
  else await output.stream('\n')
  return answer
}

function whereText({ model, node, firstTokenMs, tokensPerSecond, tokensOut }: TrialAnswer): string {
  const facts = [
    `${model} on ${node?.name ?? 'an unknown node'}`,
    ...(firstTokenMs === null ? [] : [`first word after ${Math.round(firstTokenMs)} ms`]),
    ...(tokensOut === null ? [] : [`${tokensOut} tokens`]),
    ...(tokensPerSecond === null ? [] : [`${Math.round(tokensPerSecond)} tokens/s`]),
  ]
  return `${facts.join(', ')}.`
}
