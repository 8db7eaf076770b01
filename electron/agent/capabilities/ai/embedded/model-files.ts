/** The model files a person chose: kept by name, looked at on disk. */
import { open, stat } from 'node:fs/promises'
import { basename, isAbsolute } from 'node:path'
import { type EngineModel, modelName } from '../../../../contract/ai.ts'
import { FcnError } from '../../../errors.ts'
import { type GgufHead, parseGgufHead } from './gguf-head.ts'

/** What is known of a file that is a model. */
export interface LookedAtFile {
  size: number
  head: GgufHead
}

/** Names of authors, sizes and templates come in the first part of a file; the tokens behind them are not needed, bytes. */
const headSize = 1024 * 1024

/** Most that a context takes, tokens: more would need more memory than a computer of a household has to spare. */
export const maxContext = 16_384

/** Throws `invalid_input` for what is no path or no model, `not_found`. */
export async function lookAtFile(path: string): Promise<LookedAtFile> {
  if (!isAbsolute(path))
    throw new FcnError('invalid_input', 'A model file is named by its whole path.', {
      action: 'Give the path from the root of the disk on.',
    })
  const found = await stat(path).catch((cause: unknown) => {
    throw new FcnError('not_found', `There is no file ${path}.`, { action: 'See whether it was moved or renamed.', cause })
  })
  const head = found.isFile() ? parseGgufHead(await firstBytes(path)) : null
  if (head !== null) return { size: found.size, head }
  throw new FcnError('invalid_input', `${path} is not a model file.`, {
    action: 'Choose a file in the GGUF format; its name ends in .gguf.',
  })
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new FcnError('invalid_input', `The file ${path} cannot be read.`, { action: 'See whether this account may read it.', cause })
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headSize), 0, headSize, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Name of a model whose owner gave none: that of its file, as far as a name may have its characters. */
export function nameOfFile(path: string): string {
  const bare = basename(path)
    .replace(/\.gguf$/iu, '')
    .replaceAll(/[^\w.:@+-]+/gu, '-')
    .slice(0, 128)
  return modelName.safeParse(bare).success ? bare : 'model'
}

/** The model of a file as engines tell of theirs. */
export const modelOf = (name: string, { size, head }: LookedAtFile, loaded: boolean): EngineModel => ({
  name,
  uses: head.isEmbedding
    ? ['embedding']
    : head.hasChatTemplate
      ? ['chat', 'completion', 'tools', 'embedding']
      : ['chat', 'completion', 'embedding'],
  contextLength: Math.min(head.contextLength ?? maxContext, maxContext),
  size,
  parameters: head.parameters,
  quantization: head.quantization,
  loaded,
})
