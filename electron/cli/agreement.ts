import { FcnError } from '../agent/errors.ts'
import type { Session } from './session.ts'
import { Stopped } from './terminal.ts'

/** What somebody typed after `[y/N]`; only a whole word counts. */
export type Answer = 'yes' | 'no' | 'none'

export function answerOf(text: string): Answer {
  const word = text.trim().toLowerCase()
  if (word === 'y' || word === 'yes') return 'yes'
  return word === 'n' || word === 'no' ? 'no' : 'none'
}

interface Agreement {
  /** What happens and cannot be taken back easily, as whole sentences. */
  consequence: string
  question: string
  /** The command line has said so already. */
  yes: boolean | undefined
}

/** Goes on only when the person knows the consequence and agrees, by `--yes` where nobody can be asked. */
export async function agreed({ terminal, output }: Session, { consequence, question, yes }: Agreement): Promise<void> {
  if (yes === true) return
  if (!terminal.interactive) {
    throw new FcnError('usage', `This needs your word. ${consequence}`, { action: 'Say --yes to go on without a question.' })
  }
  output.note(consequence)
  if (answerOf(await terminal.ask(`${question} [y/N]`)) !== 'yes') throw new Stopped('Nothing was changed.')
}
