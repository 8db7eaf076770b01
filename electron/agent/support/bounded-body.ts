import type { Readable } from 'node:stream'
import { FcnError } from '../errors.ts'

/** The body as text. Throws `bad_answer` and gives up the connection as soon as there are more than `limit` bytes. */
export async function boundedText(body: Readable, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new FcnError('bad_answer', `The answer is longer than ${limit} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
