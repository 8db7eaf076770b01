import type { IncomingHttpHeaders } from 'node:http'
import type { Call, DialectName, ListOperation, WorkOperation } from './dialect.ts'
import { forms } from './forms.ts'

/** The line and headers of a request, as they came. */
export interface RequestHead {
  method: string
  /** With or without a query. */
  path: string
  headers: IncomingHttpHeaders
}

const work = new Map(Object.values(forms).map(({ path, operation }) => [path, operation]))

const lists = new Map<string, ListOperation>([
  ['GET /api/tags', 'ollama.tags'],
  ['POST /api/show', 'ollama.show'],
  ['GET /api/ps', 'ollama.ps'],
  ['GET /api/version', 'ollama.version'],
])

const oneModel = '/v1/models/'

const dialectIn = (operation: WorkOperation | ListOperation) => operation.slice(0, operation.indexOf('.')) as DialectName

const workCall = (operation: WorkOperation): Call => ({ kind: 'work', dialect: dialectIn(operation), operation })

const listCall = (operation: ListOperation, model: string | null = null): Call => ({
  kind: 'list',
  dialect: dialectIn(operation),
  operation,
  model,
})

/** OpenAI and Anthropic list models at the same path; Anthropic’s clients always name its version. */
const isAnthropic = ({ headers }: RequestHead) => headers['anthropic-version'] !== undefined

function plainPath(path: string): string {
  const plain = path.split('?', 1)[0] ?? ''
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain
}

/** Which call of which dialect a request is; null: none that is known here. */
export function callOf(head: RequestHead): Call | null {
  const path = plainPath(head.path)
  const operation = head.method === 'POST' ? work.get(path) : undefined
  if (operation !== undefined) return workCall(operation)
  const list = lists.get(`${head.method} ${path}`)
  if (list !== undefined) return listCall(list)
  if (head.method !== 'GET') return null
  const dialect = isAnthropic(head) ? 'anthropic' : 'openai'
  if (path === '/v1/models') return listCall(`${dialect}.models`)
  const model = path.startsWith(oneModel) ? decoded(path.slice(oneModel.length)) : null
  return model === null ? null : listCall(`${dialect}.model`, model)
}

/** A name in a path, its slashes written out or not. */
function decoded(name: string): string | null {
  try {
    return decodeURIComponent(name)
  } catch {
    return null // not a name that anything has
  }
}

/** In which dialect a program wants its errors, also where no call is known. */
export function dialectOf(head: RequestHead): DialectName {
  const path = plainPath(head.path)
  if (path === '/api' || path.startsWith('/api/')) return 'ollama'
  return isAnthropic(head) || path.startsWith('/v1/messages') ? 'anthropic' : 'openai'
}
