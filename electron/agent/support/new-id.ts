import type { Random } from './random.ts'

/** Never met twice: 72 bits. */
const bytes = 9

/** A name for a new thing: 18 hexadecimal digits. People give it to the CLI, where a word that begins with a dash is an option. */
export const newId = (random: Pick<Random, 'bytes'>): string => Buffer.from(random.bytes(bytes)).toString('hex')
