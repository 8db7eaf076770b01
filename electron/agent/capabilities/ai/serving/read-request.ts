import type { IncomingMessage } from 'node:http'
import { FcnError } from '../../../errors.ts'
import { parseJson } from '../../../support/json.ts'

/** Largest request that is taken, bytes: pictures are inside, as text. */
export const maxRequestBytes = 32 * 1024 * 1024

/** A request's body, as it came and as what it says. */
export interface ReadRequest {
  raw: Buffer
  body: unknown
}

/** Throws `too_large`, `invalid_input` for what is no JSON, and what the connection fails with. */
export async function readRequest(request: IncomingMessage): Promise<ReadRequest> {
  if (Number(request.headers['content-length'] ?? 0) > maxRequestBytes) throw tooLarge()
  const chunks: Buffer[] = []
  let size = 0
  // the stream stays as it is: destroying it would take the connection with it, and with that the answer
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= maxRequestBytes) chunks.push(chunk)
    else {
      request.resume()
      throw tooLarge()
    }
  }
  const raw = Buffer.concat(chunks)
  const body = parseJson(raw.toString('utf8'))
  if (body !== undefined) return { raw, body }
  throw new FcnError('invalid_input', 'The body of the request is no JSON.', { action: 'Send it as JSON, not compressed.' })
}

const tooLarge = () =>
  new FcnError('too_large', `The request is larger than ${maxRequestBytes / 1024 / 1024} MiB.`, {
    action: 'Send smaller pictures, or fewer.',
  })
