import { request } from 'undici'

/** One answer that was streamed, as a program sees it. */
export interface TimedStream {
  /** From the request to the first piece of the answer, ms. */
  firstToken: number
  /** From the request to the end, ms. */
  whole: number
  /** Pieces per second between the first and the last. */
  rate: number
  pieces: number
}

const piece = Buffer.from('"delta":{"content"')

/** Asks for a chat in OpenAI’s dialect and reads all of it. Rejects when the answer is not whole. */
export async function timedStream(url: string, model: string): Promise<TimedStream> {
  const begin = performance.now()
  const { statusCode, body } = await request(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Who answers?' }] }),
    headersTimeout: 120_000,
    bodyTimeout: 120_000,
  })
  if (statusCode !== 200) throw new Error(`${statusCode}: ${await body.text()}`)
  let [first, last, pieces, isWhole] = [Number.NaN, Number.NaN, 0, false]
  for await (const chunk of body as AsyncIterable<Buffer>) {
    const found = occurrences(chunk, piece)
    if (found > 0) {
      last = performance.now()
      if (pieces === 0) first = last
      pieces += found
    }
    isWhole ||= chunk.includes('data: [DONE]')
  }
  if (!isWhole) throw new Error(`The answer was cut after ${pieces} pieces.`)
  return { firstToken: first - begin, whole: performance.now() - begin, rate: ((pieces - 1) / (last - first)) * 1_000, pieces }
}

function occurrences(bytes: Buffer, sought: Buffer): number {
  let count = 0
  for (let at = bytes.indexOf(sought); at >= 0; at = bytes.indexOf(sought, at + sought.length)) count += 1
  return count
}
