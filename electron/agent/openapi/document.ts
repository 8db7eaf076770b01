/** The OpenAPI 3.1 document of a node, made of the descriptions that stand beside its routes. Pure. */
import { failure } from '../../contract/failure.ts'
import { refusalsOf, securityOf, securitySchemes } from './access.ts'
import type { Endpoint, Side } from './endpoints.ts'
import { failedAnswers } from './failures.ts'
import type { Answer, Body, Operation, Parameter } from './operation.ts'
import type { JsonSchema, Schemas } from './schemas.ts'
import { tags } from './tags.ts'

type Json = Record<string, unknown>

/** The methods that OpenAPI 3.1 knows; other methods of a route are named in words. */
const describable = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'])

const about = `Every HTTP endpoint of this node. One port speaks both plain HTTP and TLS; the operations under “Peer” are there over TLS, all others over plain HTTP.

Each GET is there as HEAD, too. A method that an address does not take is answered with 405 and \`Allow\`. What is no request at all (400), comes too slowly (408) or has too long headers (431) is answered with a Failure before anything is routed. Times are milliseconds since 1970, sizes are bytes.`

/** Routes that refuse everything, or that nobody has described, are not in it. */
export function openApiDocument(endpoints: readonly Endpoint[], { schemas, version }: { schemas: Schemas; version: string }): Json {
  const paths: Record<string, Json> = {}
  const failures: Json = {}
  for (const { side, method, pattern, describe } of endpoints) {
    if (!describe || !describable.has(method)) continue
    const operation = describe(method)
    const path = operation.path ?? pattern.replaceAll(/:(\w+)/gu, '{$1}')
    const item = (paths[path] ??= side === 'peer' ? { servers: [servers.peer] } : {})
    item[method.toLowerCase()] = described(operation, schemas, failures)
  }
  schemas.output(failure) // failures refer to it without asking
  return {
    openapi: '3.1.1',
    info: { title: 'Free Compute Node', version, description: about, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [servers.plain],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: schemas.components(), responses: failures, securitySchemes },
  }
}

const servers: Record<Side, Json> = {
  plain: { url: '/', description: 'The node that gave this description.' },
  peer: {
    url: 'https://{host}:{port}',
    description: 'The same port, over TLS.',
    variables: { host: { default: '127.0.0.1' }, port: { default: '3000' } },
  },
}

/** `failures` gets what it may fail with, by name. */
function described(operation: Operation, schemas: Schemas, failures: Json): Json {
  const { id, tag, summary, description, access, parameters, body } = operation
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: securityOf(access),
    ...(parameters && { parameters: Object.entries(parameters).map(([name, each]) => parameterOf(name, each, schemas)) }),
    ...(body && { requestBody: bodyOf(body, schemas) }),
    responses: { ...answersOf(operation, schemas), ...failuresOf(operation, failures) },
  }
}

const parameterOf = (name: string, { in: where, text, schema }: Parameter, schemas: Schemas): Json => ({
  name,
  in: where,
  description: text,
  ...(where === 'path' && { required: true }),
  schema: schema === undefined ? { type: 'string' } : schemas.input(schema),
})

const json = 'application/json'

const bodyOf = ({ schema, media = json, optional }: Body, schemas: Schemas): Json => ({
  required: optional === undefined,
  content: { [media]: { ...(schema && { schema: schemas.input(schema) }) } },
})

function answersOf({ answers }: Operation, schemas: Schemas): Json {
  return Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, responseOf(answer, schemas)]))
}

function failuresOf({ access, fails = [], failure: shape }: Operation, failures: Json): Json {
  const references: Json = {}
  for (const { status, name, response } of failedAnswers(shape, fails === 'any' ? fails : [...refusalsOf(access), ...fails])) {
    failures[name] = response
    references[status] = { $ref: `#/components/responses/${name}` }
  }
  return references
}

const headerOf = (description: string): Json => ({ description, schema: { type: 'string' } })

function responseOf({ text, content, events, headers }: Answer, schemas: Schemas): Json {
  const eventSchemas = events && Object.entries(events).map(([name, schema]): [string, JsonSchema] => [name, schemas.output(schema)])
  return {
    description: text,
    ...(headers && { headers: Object.fromEntries(Object.entries(headers).map(([name, meaning]) => [name, headerOf(meaning)])) }),
    ...(content && {
      content: {
        [content.media ?? json]: {
          ...(content.schema && { schema: schemas.output(content.schema) }),
          ...(eventSchemas && { 'x-events': Object.fromEntries(eventSchemas) }),
        },
      },
    }),
  }
}
