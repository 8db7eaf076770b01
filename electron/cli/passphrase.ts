import { resolve } from 'node:path'
import { FcnError } from '../agent/errors.ts'
import type { Session } from './session.ts'
import { readTextFile } from './text-file.ts'

/** A passphrase is at most 1024 characters, four bytes each at worst. */
const maxBytes = 4100

/** As the contract has it; asked again here so that nobody types one twice in vain. */
const shortest = 10

interface PassphraseSource {
  /** A file that holds it, `-` for standard input; absent: it is asked for. */
  file: string | undefined
  /** It is a new one: asked for twice, and not too short. */
  fresh: boolean
}

/** A passphrase never comes as an argument: other users of this computer see those, and shells keep them. */
export async function readPassphrase(session: Session, { file, fresh }: PassphraseSource): Promise<string> {
  const { terminal, output } = session
  if (file === '-') return withoutLineEnd(await terminal.readInput(maxBytes))
  if (file !== undefined) return withoutLineEnd(await readTextFile(resolve(file), maxBytes))
  if (!terminal.interactive) {
    throw new FcnError('usage', 'A passphrase is needed.', {
      action: 'Name a file that holds it with --passphrase-file, or - for standard input.',
    })
  }
  if (fresh)
    output.note(`The file is encrypted with a passphrase of at least ${shortest} characters. Without it the file is worth nothing.`)
  const passphrase = await terminal.ask('Passphrase:', { hidden: true })
  if (!fresh) return passphrase
  if (passphrase.length < shortest) throw new FcnError('invalid_input', `A passphrase has at least ${shortest} characters.`)
  if ((await terminal.ask('The same again:', { hidden: true })) === passphrase) return passphrase
  throw new FcnError('invalid_input', 'The two passphrases differ. Nothing was written.')
}

const withoutLineEnd = (text: string) => text.replace(/\r?\n$/u, '')
