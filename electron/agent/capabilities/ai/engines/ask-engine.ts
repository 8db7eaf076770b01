import { FcnError } from '../../../errors.ts'
import { parseJson } from '../../../support/json.ts'
import { type HttpAnswer, httpAsk } from '../../http-check.ts'
import type { Look } from '../../provider.ts'
import { type EngineAddress, keyHeaders } from './engine-place.ts'

/** Questions to one engine during one look; what was asked once is not asked again. All throw as `httpAsk` does. */
export interface EngineTalk {
  get(path: string): Promise<HttpAnswer>
  /** The JSON there; undefined, which no schema takes, when there is none. */
  json(path: string): Promise<unknown>
  /** What a `POST` of JSON is answered with. */
  post(path: string, body: unknown): Promise<HttpAnswer>
}

export function askEngine({ url, key }: EngineAddress, look: Look): EngineTalk {
  const base = new URL(url)
  const answers = new Map<string, Promise<HttpAnswer>>()
  const headers = keyHeaders(key)

  const get = (path: string) => {
    const asked = answers.get(path) ?? httpAsk(base, { method: 'GET', path, headers }, look).then(ofAnEngine)
    answers.set(path, asked)
    return asked
  }
  return {
    get,
    json: async (path) => {
      const { status, text } = await get(path)
      return status === 200 ? parseJson(text) : undefined
    },
    post: (path, body) =>
      httpAsk(
        base,
        { method: 'POST', path, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) },
        look,
      ),
  }
}

/** This node, or another one on this computer, answers like an engine: its models are those of others. */
function ofAnEngine(answer: HttpAnswer): HttpAnswer {
  if (!Object.keys(answer.headers).some((name) => name.startsWith('x-fcn-'))) return answer
  throw new FcnError('own_address', 'A node of a mesh answers there, not an engine.', {
    action: 'Give the address of the engine itself; what other nodes have is found by itself.',
  })
}
