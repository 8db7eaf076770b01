import { failure } from '../../contract/failure.ts'
import type { MeshId, NodeId, Transport } from '../components.ts'
import { FcnError } from '../errors.ts'
import { maxModelListBytes, type ModelList, modelList, modelListPathIn } from '../protocol/model-list.ts'
import { boundedText } from '../support/bounded-body.ts'
import { parseJson } from '../support/json.ts'

/** Longest wait for a list, ms: nobody works for it. */
const askLimit = 5_000

interface Asked {
  node: NodeId
  mesh: MeshId
  signal: AbortSignal
}

/** What a member lets this node have. Throws what it answers instead, `bad_answer` for what is no list, and as `Transport.request`. */
export async function askForModels(
  { transport }: { transport: Pick<Transport, 'request'> },
  { node, mesh, signal }: Asked,
): Promise<ModelList> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(askLimit)])
  const { status, body } = await transport.request(node, {
    ...{ method: 'GET', path: modelListPathIn(mesh), headers: { accept: 'application/json' } },
    ...{ signal: limited, headersTimeout: askLimit },
  })
  const text = await boundedText(body, maxModelListBytes)
  const value = text === null ? undefined : parseJson(text)
  if (status === 200) {
    const list = modelList.safeParse(value)
    if (list.success) return list.data
  }
  const told = failure.safeParse(value)
  if (status !== 200 && told.success) throw FcnError.from(told.data)
  throw new FcnError('bad_answer', `The node does not say which models it has (status ${status}).`)
}
