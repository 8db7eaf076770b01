import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { ApiDescription, DescribedOperation, DescribedResponse } from './api-description.ts'

/** An answer as it came over the wire. */
export interface RealAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** Compares real answers with what the description promises. */
export interface AnswerCheck {
  /** What is wrong with an answer: an address or status that is not described, another type, a body that does not fit. */
  problems(method: string, path: string, answer: RealAnswer): string[]
  /** Of each operation that was asked, the statuses of its answers. */
  seen: ReadonlyMap<string, ReadonlySet<number>>
  /** What is wrong with the data of an event of a stream. */
  eventProblems(path: string, event: string, data: unknown): string[]
  operationOf(method: string, path: string): DescribedOperation | undefined
}

/** Set on what a node answers in place of a program: tells its errors from those of the program. */
const errorHeader = 'x-fcn-error'

export function createAnswerCheck(document: ApiDescription): AnswerCheck {
  // formats only say in a word what the patterns beside them check
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false })
  const compiled = new Map<object, ValidateFunction>()
  const templates = Object.keys(document.paths).map((path) => ({ path, form: formOf(path) }))
  const seen = new Map<string, Set<number>>()

  const misfits = (schema: object, value: unknown): string[] => {
    const validate = compiled.get(schema) ?? ajv.compile({ allOf: [schema], components: document.components })
    compiled.set(schema, validate)
    return validate(value) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`)
  }

  const operationOf = (method: string, path: string) => {
    const fitting = templates.filter(({ form }) => form.test(path)).map((each) => each.path)
    // as OpenAPI has it: a concrete address before one with parts to fill in, so here the one that says most
    const nearest = fitting.toSorted((a, b) => literal(b) - literal(a)).find((each) => document.paths[each]?.[method.toLowerCase()])
    return nearest === undefined ? undefined : document.paths[nearest]?.[method.toLowerCase()]
  }

  const responseFor = ({ responses }: DescribedOperation, { status, headers }: RealAnswer): DescribedResponse | undefined => {
    const byStatus = responses[status]
    const isProgram = responses['default'] !== undefined && headers[errorHeader] === undefined
    const found = isProgram && status !== 101 ? responses['default'] : byStatus
    return found?.$ref === undefined ? found : document.components.responses[found.$ref.replace('#/components/responses/', '')]
  }

  return {
    seen,
    operationOf,
    problems(method, path, answer) {
      const operation = operationOf(method, path)
      if (operation === undefined) return [`${method} ${path} is not described`]
      const { operationId } = operation
      seen.set(operationId, (seen.get(operationId) ?? new Set()).add(answer.status))
      const response = responseFor(operation, answer)
      if (response === undefined) return [`${operationId}: status ${answer.status} is not described: ${answer.body.slice(0, 200)}`]
      const { content } = response
      if (content === undefined) return answer.body === '' ? [] : [`${operationId}: ${answer.status} has a body`]
      const type = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? ''
      const described = content[type] ?? content['*/*']
      if (described === undefined) return [`${operationId}: ${answer.status} as “${type}” is not described`]
      if (described.schema === undefined || method === 'HEAD') return []
      return misfits(described.schema, JSON.parse(answer.body)).map(
        (problem) => `${operationId}: ${answer.status}${problem}: ${answer.body.slice(0, 200)}`,
      )
    },
    eventProblems(path, event, data) {
      const schema = operationOf('GET', path)?.responses['200']?.content?.['text/event-stream']?.['x-events']?.[event]
      return schema === undefined ? [`${event} is not described`] : misfits(schema, data)
    },
  }
}

/** A last part may be empty and may have slashes, where the description says so in words: those are `{path}` and `{file}`. */
function formOf(template: string): RegExp {
  const parts = template.split('/').map((part) => {
    if (part === '{path}' || part === '{file}') return '.*'
    return part.startsWith('{') ? '[^/]+' : part.replaceAll('.', '\\.')
  })
  return new RegExp(`^${parts.join('/')}$`, 'u')
}

const literal = (template: string) => template.replaceAll(/\{\w+\}/gu, '').length
